import { askForPasskey } from '@meedenk/actions/people/check-passkey'
import { type CameIn, enterCode } from '@meedenk/actions/people/enter-code'
import { openLink } from '@meedenk/actions/people/open-link'
import { requestSignIn } from '@meedenk/actions/people/request-sign-in'
import { randomSecret } from '@meedenk/actions/people/sign-in-secrets'
import { signInWithPasskey } from '@meedenk/actions/people/sign-in-with-passkey'
import { signInWithPassword } from '@meedenk/actions/people/sign-in-with-password'
import { Id } from '@meedenk/domain/pages'
import {
  EnterCode,
  LinkOpened,
  OpenLink,
  PasskeyAnswer,
  PasskeyOptions,
  RequestSignIn,
  SignedIn,
  SignInRequested,
  SignInWithPassword,
} from '@meedenk/domain/people/sign-in-schemas'
import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../app.ts'
import { asDoorContext } from '../plugins/door.ts'
import { bindBrowser, giveSession, readBrowser, unbindBrowser } from '../plugins/session-cookies.ts'

const config = { authz: { who: 'door' } } as const
const tags = ['people']

/** The ways in: a mail with code and link, a passkey, or a password. */
export const signInRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const letIn = (reply: FastifyReply, { session, next, firstTime }: CameIn) => {
    giveSession(reply, session, deps.clock())
    unbindBrowser(reply)
    return { next, firstTime }
  }

  app.post(
    '/sign-in/attempts',
    {
      config,
      schema: {
        tags,
        summary: 'Ask for a mail with a code and a link; the answer is the same for every address',
        body: RequestSignIn,
        response: { 202: SignInRequested },
      },
    },
    async (request, reply) => {
      // A browser that asks again keeps its tie, so that the first code still works.
      const browser = readBrowser(request) ?? randomSecret()
      const asked = await requestSignIn(asDoorContext(request, deps), request.body, browser)
      bindBrowser(reply, browser)
      return reply.code(202).send(asked)
    },
  )
  app.post(
    '/sign-in/attempts/:attemptId/code',
    {
      config,
      schema: {
        tags,
        summary: 'Sign in with the code, in the browser that asked for it',
        params: z.strictObject({ attemptId: Id }),
        body: EnterCode,
        response: { 200: SignedIn },
      },
    },
    async (request, reply) =>
      letIn(
        reply,
        await enterCode(
          asDoorContext(request, deps),
          request.params.attemptId,
          request.body.code,
          readBrowser(request),
        ),
      ),
  )
  app.post(
    '/sign-in/links',
    {
      config,
      schema: {
        tags,
        summary: 'Use the link of the mail; in another browser it gives the code to type in the first',
        body: OpenLink,
        response: { 200: LinkOpened },
      },
    },
    async (request, reply) => {
      const opened = await openLink(asDoorContext(request, deps), request.body.token, readBrowser(request))
      if ('code' in opened) return { signedIn: false as const, code: opened.code }
      return { signedIn: true as const, ...letIn(reply, opened) }
    },
  )
  app.post(
    '/sign-in/passkey-options',
    {
      config,
      schema: { tags, summary: 'What a browser needs to offer its passkeys', response: { 200: PasskeyOptions } },
    },
    async (request) => askForPasskey(asDoorContext(request, deps), 'sign_in'),
  )
  app.post(
    '/sign-in/passkey',
    { config, schema: { tags, summary: 'Sign in with a passkey', body: PasskeyAnswer, response: { 200: SignedIn } } },
    async (request, reply) => letIn(reply, await signInWithPasskey(asDoorContext(request, deps), request.body)),
  )
  app.post(
    '/sign-in/password',
    {
      config,
      schema: { tags, summary: 'Sign in with a password', body: SignInWithPassword, response: { 200: SignedIn } },
    },
    async (request, reply) => letIn(reply, await signInWithPassword(asDoorContext(request, deps), request.body)),
  )
}
