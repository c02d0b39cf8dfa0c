import { addPasskey, startPasskey } from '@meedenk/actions/people/add-passkey'
import { readPasskeys } from '@meedenk/actions/people/read-session'
import { removePasskey } from '@meedenk/actions/people/remove-passkey'
import { removePassword, setPassword } from '@meedenk/actions/people/set-password'
import { removeTotp, renewRecoveryCodes, setTotp, startTotp } from '@meedenk/actions/people/set-totp'
import { Nothing } from '@meedenk/domain/pages'
import { freshMinutes } from '@meedenk/domain/people/rules'
import {
  AddPasskey,
  PasskeyList,
  PasskeyOptions,
  PasskeyView,
  RecoveryCodes,
  SetPassword,
  TotpCode,
  TotpStarted,
} from '@meedenk/domain/people/sign-in-schemas'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../app.ts'
import { asDoorContext } from '../plugins/door.ts'
import { giveSession } from '../plugins/session-cookies.ts'

const person = { authz: { who: 'person' } } as const
const fresh = { authz: { who: 'person', freshMinutes } } as const
const tags = ['people']
const PasskeyId = z.strictObject({ id: z.string().regex(/^[\w-]{1,300}$/) })

/** The proofs of who one is: passkeys, a password, an app with codes. */
export const proofRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  app.get(
    '/me/passkeys',
    { config: person, schema: { tags, summary: 'One’s own passkeys', response: { 200: PasskeyList } } },
    async (request) => readPasskeys(request.asContext()),
  )
  app.post(
    '/me/passkeys/options',
    {
      config: fresh,
      schema: { tags, summary: 'What a browser needs to make a passkey', response: { 200: PasskeyOptions } },
    },
    async (request) => startPasskey(asDoorContext(request, deps)),
  )
  app.post(
    '/me/passkeys',
    {
      config: fresh,
      schema: {
        tags,
        summary: 'Add the passkey that the browser made',
        body: AddPasskey,
        response: { 201: PasskeyView },
      },
    },
    async (request, reply) => reply.code(201).send(await addPasskey(asDoorContext(request, deps), request.body)),
  )
  app.delete(
    '/me/passkeys/:id',
    { config: fresh, schema: { tags, summary: 'Remove a passkey', params: PasskeyId, response: { 204: Nothing } } },
    async (request, reply) => {
      await removePasskey(request.asContext(), request.params.id)
      return reply.code(204).send(null)
    },
  )
  app.put(
    '/me/password',
    {
      config: fresh,
      schema: { tags, summary: 'Set or change one’s password', body: SetPassword, response: { 204: Nothing } },
    },
    async (request, reply) => {
      await setPassword(request.asContext(), request.body.password)
      return reply.code(204).send(null)
    },
  )
  app.delete(
    '/me/password',
    { config: fresh, schema: { tags, summary: 'Remove one’s password', response: { 204: Nothing } } },
    async (request, reply) => {
      await removePassword(request.asContext())
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/me/totp',
    { config: fresh, schema: { tags, summary: 'Begin with an app with codes', response: { 201: TotpStarted } } },
    async (request, reply) => reply.code(201).send(await startTotp(asDoorContext(request, deps))),
  )
  app.post(
    '/me/totp/confirmation',
    {
      config: fresh,
      schema: {
        tags,
        summary: 'Confirm the app with its first code; gives the recovery codes, once',
        body: TotpCode,
        response: { 200: RecoveryCodes },
      },
    },
    async (request, reply) => {
      const { codes, session } = await setTotp(asDoorContext(request, deps), request.body.code)
      giveSession(reply, session, deps.clock())
      return { codes }
    },
  )
  app.delete(
    '/me/totp',
    {
      config: fresh,
      schema: { tags, summary: 'Stop with the app and its recovery codes', response: { 204: Nothing } },
    },
    async (request, reply) => {
      await removeTotp(asDoorContext(request, deps))
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/me/recovery-codes',
    {
      config: fresh,
      schema: { tags, summary: 'New recovery codes instead of the earlier ones', response: { 200: RecoveryCodes } },
    },
    async (request) => ({
      codes: await renewRecoveryCodes(asDoorContext(request, deps)),
    }),
  )
}
