import { createServer } from 'node:http'
import fp from 'fastify-plugin'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Deps } from '../app.ts'

/** Prometheus figures on a port of their own: routes by pattern, never addresses or ids. */
export const metricsPlugin = fp(async (app, deps: Deps) => {
  const register = new Registry()
  if (deps.metricsPort !== undefined) collectDefaultMetrics({ register })
  const seconds = new Histogram({
    name: 'meedenk_http_seconds',
    help: 'Time to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [register],
  })
  new Gauge({
    name: 'meedenk_database_connections',
    help: 'Connections of the pool',
    labelNames: ['state'],
    registers: [register],
    collect() {
      this.set({ state: 'busy' }, deps.db.pool.totalCount - deps.db.pool.idleCount)
      this.set({ state: 'idle' }, deps.db.pool.idleCount)
      this.set({ state: 'waiting' }, deps.db.pool.waitingCount)
    },
  })
  app.addHook('onResponse', (request, reply, done) => {
    seconds.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode },
      reply.elapsedTime / 1000,
    )
    done()
  })
  if (deps.metricsPort === undefined) return
  const server = createServer(async (_request, response) => {
    response.setHeader('content-type', register.contentType)
    response.end(await register.metrics())
  })
  server.listen(deps.metricsPort, '127.0.0.1')
  app.addHook('onClose', async () => {
    server.close()
  })
})
