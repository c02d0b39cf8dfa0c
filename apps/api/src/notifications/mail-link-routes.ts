import { followMailLink, readFromMailLink } from '@meedenk/actions/notifications/follow-mail-link'
import { MailLinkAct, MailLinkView } from '@meedenk/domain/notifications/schemas'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../app.ts'

const params = z.object({ token: z.string().max(100) })
/** What a mail program sends by itself when its reader presses "unsubscribe" (RFC 8058). */
const OneClick = z.object({ 'List-Unsubscribe': z.literal('One-Click') })
const body = z.union([MailLinkAct, OneClick])

/** Stopping mail by a link in a mail: no session, no cookie, the token is the right. Mounted below the API and, for mail programs, at /mail. */
export const mailLinkRoutes: FastifyPluginAsyncZod<Deps & { forMailPrograms?: boolean }> = async (
  app,
  { secret, forMailPrograms },
) => {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 2000 },
    (_request, form, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(form))))
    },
  )
  app.addContentTypeParser('multipart/form-data', { parseAs: 'string', bodyLimit: 5000 }, (_request, form, done) => {
    const isOneClick = /name="?List-Unsubscribe"?\r?\n\r?\nOne-Click\r?\n/i.test(String(form))
    done(null, isOneClick ? { 'List-Unsubscribe': 'One-Click' } : {})
  })
  const response = { 200: MailLinkView }
  const post = { authz: { who: 'everyone', fromOtherSites: true } } as const
  app.post(
    '/mail/:token',
    {
      config: post,
      schema: {
        tags: ['notifications'],
        summary: 'Stop, slow down or pause mail by a link in a mail',
        hide: forMailPrograms === true,
        params,
        body,
        response,
      },
    },
    async (request) => {
      const act = 'act' in request.body ? request.body : { act: 'stop' as const }
      return followMailLink({ ...request.asContext(), secret }, request.params.token, act)
    },
  )
  if (forMailPrograms) return
  app.get(
    '/mail/:token',
    {
      config: { authz: { who: 'everyone' } },
      schema: { tags: ['notifications'], summary: 'What a link in a mail is about', params, response },
    },
    async (request) => readFromMailLink({ ...request.asContext(), secret }, request.params.token),
  )
}
