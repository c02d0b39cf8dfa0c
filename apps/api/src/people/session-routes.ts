import { askForPasskey } from '@meedenk/actions/people/check-passkey'
import { endOtherSessions, endSession, signOut } from '@meedenk/actions/people/end-session'
import { readDevices, readSession } from '@meedenk/actions/people/read-session'
import { refreshSession } from '@meedenk/actions/people/refresh-session'
import { stepUp } from '@meedenk/actions/people/step-up'
import { ProductError } from '@meedenk/domain/errors'
import { Id, Nothing } from '@meedenk/domain/pages'
import { SessionView } from '@meedenk/domain/people/schemas'
import { DeviceList, PasskeyOptions, StepUp } from '@meedenk/domain/people/sign-in-schemas'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../app.ts'
import { asDoorContext } from '../plugins/door.ts'
import { clearSession, giveSession, readRefreshToken } from '../plugins/session-cookies.ts'

const everyone = { authz: { who: 'everyone' } } as const
const door = { authz: { who: 'door' } } as const
const person = { authz: { who: 'person' } } as const
const tags = ['people']

/** Who is here, for how long, and on which devices. */
export const sessionRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const endHere = (sessionId: string) => app.revokedSessions.set(sessionId, Date.now())

  app.get(
    '/session',
    {
      config: everyone,
      schema: { tags, summary: 'Who is here; person is null for a visitor', response: { 200: SessionView } },
    },
    async (request) => {
      if (request.actor.kind !== 'person') return { person: null, level: 0, unread: 0 }
      return { level: request.actor.level, ...(await readSession(request.asContext())) }
    },
  )
  app.post(
    '/session/refresh',
    {
      config: door,
      schema: { tags, summary: 'Trade the refresh cookie for a new session cookie', response: { 204: Nothing } },
    },
    async (request, reply) => {
      const session = await refreshSession(asDoorContext(request, deps), readRefreshToken(request)).catch((error) => {
        // A refusal is final; a database that is away is not.
        if (error instanceof ProductError) clearSession(reply)
        throw error
      })
      giveSession(reply, session, deps.clock())
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/session/passkey-options',
    {
      config: person,
      schema: {
        tags,
        summary: 'What a browser needs to prove with a passkey who is here',
        response: { 200: PasskeyOptions },
      },
    },
    async (request) => askForPasskey(asDoorContext(request, deps), 'step_up'),
  )
  app.post(
    '/session/step-up',
    {
      config: person,
      schema: { tags, summary: 'Prove again, and strongly, who is here', body: StepUp, response: { 204: Nothing } },
    },
    async (request, reply) => {
      giveSession(reply, await stepUp(asDoorContext(request, deps), request.body), deps.clock())
      return reply.code(204).send(null)
    },
  )
  app.delete(
    '/session',
    { config: door, schema: { tags, summary: 'Sign out here', response: { 204: Nothing } } },
    async (request, reply) => {
      const ended = await signOut(request.asContext(), readRefreshToken(request))
      if (ended) endHere(ended)
      clearSession(reply)
      return reply.header('clear-site-data', '"cookies"').code(204).send(null)
    },
  )
  app.get(
    '/sessions',
    { config: person, schema: { tags, summary: 'One’s own devices', response: { 200: DeviceList } } },
    async (request) => readDevices(request.asContext()),
  )
  app.delete(
    '/sessions/:id',
    {
      config: person,
      schema: {
        tags,
        summary: 'Sign out on one device',
        params: z.strictObject({ id: Id }),
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await endSession(request.asContext(), request.params.id)
      endHere(request.params.id)
      return reply.code(204).send(null)
    },
  )
  app.delete(
    '/sessions',
    { config: person, schema: { tags, summary: 'Sign out on all other devices', response: { 204: Nothing } } },
    async (request, reply) => {
      for (const id of await endOtherSessions(request.asContext())) endHere(id)
      return reply.code(204).send(null)
    },
  )
}
