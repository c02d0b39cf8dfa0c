import fp from 'fastify-plugin'
import type { Deps } from '../app.ts'

const config = { authz: { who: 'everyone' }, rateLimit: false } as const

/** /livez: the process runs. /readyz: it can serve: database answers and it is not draining. */
export const healthPlugin = fp(async (app, deps: Deps) => {
  let draining = false
  app.addHook('preClose', async () => {
    draining = true
  })
  app.get('/livez', { config, logLevel: 'silent' }, async () => ({ status: 'ok' }))
  app.get('/readyz', { config, logLevel: 'silent' }, async (_request, reply) => {
    if (draining) return reply.code(503).send({ status: 'draining' })
    const works = await deps.db.pool.query('select 1').then(
      () => true,
      () => false,
    )
    return reply.code(works ? 200 : 503).send({ status: works ? 'ok' : 'down' })
  })
})
