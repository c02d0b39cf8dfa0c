import { handleNotice } from '@meedenk/actions/notifications/handle-notice'
import { readInbox, readNotice } from '@meedenk/actions/notifications/read-inbox'
import { readSettings } from '@meedenk/actions/notifications/read-settings'
import { saveSettings } from '@meedenk/actions/notifications/save-settings'
import { ProductError } from '@meedenk/domain/errors'
import {
  HandleNotice,
  InboxPage,
  InboxQuery,
  NoticeView,
  SaveSettings,
  SettingsView,
} from '@meedenk/domain/notifications/schemas'
import { Id } from '@meedenk/domain/pages'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../app.ts'
import { localeOf } from '../plugins/errors.ts'
import { sendJson } from '../plugins/json.ts'
import { mailLinkRoutes } from './mail-link-routes.ts'
import { streamRoutes } from './stream-routes.ts'

const person = { authz: { who: 'person' } } as const
const tags = ['notifications']

/** Inbox, pace of mail, links in mail and the live stream. */
export const notificationRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  // The prefix is ours already.
  const here = { ...deps, prefix: '' }
  await app.register(mailLinkRoutes, here)
  await app.register(streamRoutes, here)

  app.get(
    '/inbox',
    { config: person, schema: { tags, querystring: InboxQuery, response: { 200: InboxPage } } },
    async (request, reply) =>
      sendJson(reply, await readInbox(request.asContext(), { ...request.query, locale: localeOf(request) })),
  )

  const notice = { tags, params: z.object({ id: Id }), body: HandleNotice, response: { 200: NoticeView } }
  app.patch('/inbox/:id', { config: person, schema: notice }, async (request, reply) => {
    const context = request.asContext()
    await handleNotice(context, request.params.id, request.body)
    const json = await readNotice(context, request.params.id, localeOf(request))
    if (!json) throw new ProductError('not_found')
    return sendJson(reply, json)
  })

  app.get(
    '/me/notification-settings',
    { config: person, schema: { tags, response: { 200: SettingsView } } },
    async (request) => readSettings(request.asContext()),
  )
  app.put(
    '/me/notification-settings',
    { config: person, schema: { tags, body: SaveSettings, response: { 200: SettingsView } } },
    async (request) => saveSettings(request.asContext(), request.body),
  )
}
