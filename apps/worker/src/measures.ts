import { createServer } from 'node:http'
import type { Db } from '@meedenk/db/connection'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Queues } from './queues.ts'

type Deps = { db: Db; queues: Pick<Queues, 'waiting'>; port: number | undefined; isStopping: () => boolean }

/** Figures for Prometheus and the health of this process, on a port of their own: names of jobs and numbers, never ids. */
export async function openMeasures({ db, queues, port, isStopping }: Deps) {
  const register = new Registry()
  if (port !== undefined) collectDefaultMetrics({ register })
  const jobs = new Histogram({
    name: 'meedenk_job_seconds',
    help: 'Time of a job that succeeded',
    labelNames: ['queue', 'job'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30],
    registers: [register],
  })
  const failures = new Counter({
    name: 'meedenk_job_failures_total',
    help: 'Jobs that failed, and for good',
    labelNames: ['queue', 'job', 'last'],
    registers: [register],
  })
  const events = new Counter({
    name: 'meedenk_events_relayed_total',
    help: 'Events carried to the queues',
    registers: [register],
  })
  new Gauge({
    name: 'meedenk_jobs_waiting',
    help: 'Jobs waiting, delayed or at work',
    labelNames: ['queue'],
    registers: [register],
    async collect() {
      for (const [queue, count] of Object.entries(await queues.waiting())) this.set({ queue }, count)
    },
  })
  const close = port === undefined ? () => undefined : await serve(port, db, isStopping, register)
  return { jobs, failures, events, close }
}

async function serve(port: number, db: Db, isStopping: () => boolean, register: Registry) {
  const server = createServer(async (request, response) => {
    const path = request.url?.split('?')[0]
    if (path === '/livez') return void response.end('ok\n')
    if (path === '/readyz') {
      const works =
        !isStopping() &&
        (await db.pool.query('select 1').then(
          () => true,
          () => false,
        ))
      return void response.writeHead(works ? 200 : 503).end(works ? 'ok\n' : 'down\n')
    }
    const figures = await register.metrics().catch(() => null)
    if (figures === null) return void response.writeHead(503).end()
    response.setHeader('content-type', register.contentType)
    response.end(figures)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return () => {
    server.close()
    server.closeAllConnections()
  }
}
