import { createHmac } from 'node:crypto'
import { decidePost } from '@meedenk/actions/moderation/decide-post'
import { decideReport } from '@meedenk/actions/moderation/decide-report'
import { openSeal } from '@meedenk/actions/moderation/open-seal'
import { listReports, readReport } from '@meedenk/actions/moderation/read-reports'
import { reportPost } from '@meedenk/actions/moderation/report-post'
import {
  DecidePost,
  DecideReport,
  OpenSeal,
  PostDecided,
  ReportPage,
  ReportPost,
  ReportQuery,
  ReportReceived,
  ReportView,
  SealOpened,
} from '@meedenk/domain/moderation/schemas'
import { Id } from '@meedenk/domain/pages'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../app.ts'
import { sendJson } from '../plugins/json.ts'
import { networkOf } from '../plugins/network.ts'

const tags = ['moderation']
const everyone = { authz: { who: 'everyone' } } as const
const moderator = { authz: { who: 'moderator' } } as const
/** Reading who wrote an anonymous post asks for a session that was proven not long ago. */
const provenModerator = { authz: { who: 'moderator', freshMinutes: 60 } } as const

/** Reports by everybody, and the moderators' queue. */
export const moderationRoutes: FastifyPluginAsyncZod<Deps> = async (app, { secret }) => {
  // Counted by network, and sealed, so that no address is kept.
  const sealNetwork = (ip: string) =>
    createHmac('sha256', secret)
      .update(`network:${networkOf(ip)}`)
      .digest('base64url')

  app.post(
    '/reports',
    {
      config: everyone,
      schema: {
        tags,
        summary: 'Report a post, with or without an account',
        body: ReportPost,
        response: { 201: ReportReceived },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await reportPost(request.asContext(), request.body, { network: sealNetwork(request.ip) })),
  )

  app.get(
    '/moderation/reports',
    { config: moderator, schema: { tags, querystring: ReportQuery, response: { 200: ReportPage } } },
    async (request, reply) => sendJson(reply, await listReports(request.asContext(), request.query)),
  )

  const report = z.strictObject({ id: Id })
  app.get(
    '/moderation/reports/:id',
    { config: moderator, schema: { tags, params: report, response: { 200: ReportView } } },
    async (request, reply) => sendJson(reply, await readReport(request.asContext(), request.params.id)),
  )

  app.put(
    '/moderation/reports/:id/decision',
    {
      config: moderator,
      schema: {
        tags,
        summary: 'Decide, with a reason for author and reporter',
        params: report,
        body: DecideReport,
        response: { 200: ReportView },
      },
    },
    async (request, reply) => sendJson(reply, await decideReport(request.asContext(), request.params.id, request.body)),
  )

  app.put(
    '/moderation/posts/decision',
    {
      config: moderator,
      schema: {
        tags,
        summary: 'Hide or restore a post that nobody reported',
        body: DecidePost,
        response: { 200: PostDecided },
      },
    },
    async (request) => decidePost(request.asContext(), request.body),
  )

  app.post(
    '/moderation/seals/:subjectId/opening',
    {
      config: provenModerator,
      schema: {
        tags,
        summary: 'See who wrote an anonymous post; kept with its reason, and told to that person',
        params: z.strictObject({ subjectId: Id }),
        body: OpenSeal,
        response: { 200: SealOpened },
      },
    },
    async (request) => openSeal(request.asContext(), request.params.subjectId, request.body),
  )
}
