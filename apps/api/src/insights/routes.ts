import { readStatus } from '@meedenk/actions/insights/read-status'
import { PromiseView, StatusView } from '@meedenk/domain/insights/schemas'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../app.ts'
import { sendJson } from '../plugins/json.ts'
import { rememberPromise } from './remember-promise.ts'

const tags = ['insights']
const everyone = { authz: { who: 'everyone' } } as const

/** The promise, measured, and whether everything works. */
export const insightRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const promise = rememberPromise(deps)

  app.get(
    '/insights/promise',
    { config: everyone, schema: { tags, response: { 200: PromiseView } } },
    async (_request, reply) => {
      reply.header('cache-control', 'public, max-age=60')
      return sendJson(reply, await promise())
    },
  )

  app.get('/status', { config: everyone, schema: { tags, response: { 200: StatusView } } }, async (_request, reply) => {
    reply.header('cache-control', 'public, max-age=10')
    return readStatus(deps.db, deps.clock())
  })
}
