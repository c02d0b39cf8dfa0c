import { changeEmail, requestEmailChange } from '@meedenk/actions/people/change-email'
import { undoEmailChange } from '@meedenk/actions/people/undo-email-change'
import { Nothing } from '@meedenk/domain/pages'
import { ChangeEmail, Confirm, ConfirmationSent, UndoEmailChange } from '@meedenk/domain/people/account-schemas'
import { freshMinutes } from '@meedenk/domain/people/rules'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../app.ts'
import { asDoorContext } from '../plugins/door.ts'

const fresh = { authz: { who: 'person', freshMinutes } } as const
const door = { authz: { who: 'door' } } as const
const tags = ['people']

/** The mail address of one's account: moving it, and taking it back. */
export const accountRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const endAll = (ids: string[]) => {
    for (const id of ids) app.revokedSessions.set(id, Date.now())
  }

  app.post(
    '/me/email/confirmations',
    {
      config: fresh,
      schema: {
        tags,
        summary: 'Send a code to the address to move to; the answer is the same for every address',
        body: ChangeEmail,
        response: { 202: ConfirmationSent },
      },
    },
    async (request, reply) =>
      reply.code(202).send(await requestEmailChange(asDoorContext(request, deps), request.body)),
  )
  app.put(
    '/me/email',
    {
      config: fresh,
      schema: {
        tags,
        summary: 'Move to the address that the code came from; all other sessions end',
        body: Confirm,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      endAll(await changeEmail(asDoorContext(request, deps), request.body))
      return reply.code(204).send(null)
    },
  )
  app.post(
    '/email-changes/undo',
    {
      config: door,
      schema: {
        tags,
        summary: 'Take an account back to its old address, with the link in the mail that address got',
        body: UndoEmailChange,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      endAll(await undoEmailChange(asDoorContext(request, deps), request.body.token))
      return reply.code(204).send(null)
    },
  )
}
