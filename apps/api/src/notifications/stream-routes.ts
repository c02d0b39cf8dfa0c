import { fastifySSE } from '@fastify/sse'
import { isPublicQuestion } from '@meedenk/actions/notifications/read-signals'
import { ProductError } from '@meedenk/domain/errors'
import { StreamQuery } from '@meedenk/domain/notifications/schemas'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../app.ts'
import { openLive } from '../plugins/live.ts'
import { networkOf } from '../plugins/network.ts'

const streamsPerPersonMax = 12

/** Signals as they happen: that one's inbox changed, that a question in view changed. Ids only; the reader asks for the rest. */
export const streamRoutes: FastifyPluginAsyncZod<Deps> = async (app, { db, rateLimitPerMinute }) => {
  // As many as the rate limit lets a network open in ten seconds: an office behind one address has many readers.
  const streamsPerNetworkMax = Math.ceil(rateLimitPerMinute / 6)
  // One heartbeat for all streams together, so each needs no timer of its own.
  await app.register(fastifySSE, { heartbeatInterval: 0 })
  const live = openLive({
    db,
    revokedSessions: app.revokedSessions,
    onError: (error) => app.log.warn({ name: error.name }, 'live stream cannot read'),
  })
  const perNetwork = new Map<string, number>()
  app.addHook('preClose', () => live.close())

  const schema = {
    tags: ['notifications'],
    summary: 'Server-sent events: `inbox`, `question`, `reset`, `signed_out`',
    querystring: StreamQuery,
  }
  app.get('/stream', { sse: 'only', config: { authz: { who: 'everyone' } }, schema }, async (request, reply) => {
    const { actor, query, cookies } = request
    const { question: questionId = null } = query
    const person = actor.kind === 'person' ? actor : null
    // An access token that ran out must not quietly turn a member's stream into a visitor's.
    if (!person && cookies['__Host-present']) throw new ProductError('session_expired')
    if (!person && !questionId) throw new ProductError('sign_in_required')
    if (!person && questionId && !(await isPublicQuestion(db, questionId))) throw new ProductError('not_found')

    const network = networkOf(request.ip)
    const open = perNetwork.get(network) ?? 0
    if (open >= streamsPerNetworkMax || (person && live.count(person.personId) >= streamsPerPersonMax))
      throw new ProductError('too_many_requests', { retryAfter: 30 })
    perNetwork.set(network, open + 1)
    reply.raw.once('close', () => {
      const left = (perNetwork.get(network) ?? 1) - 1
      if (left > 0) perNetwork.set(network, left)
      else perNetwork.delete(network)
    })

    const lastEventId = reply.sse.lastEventId ?? query.lastEventId ?? null
    reply.sse.keepAlive()
    reply.sse.sendHeaders()
    await live.add(
      { raw: reply.raw, personId: person?.personId ?? null, sessionId: person?.sessionId ?? null, questionId },
      lastEventId,
    )
  })
}
