import { planDeparture, requestDeparture, takeBackDeparture } from '@meedenk/actions/privacy/plan-departure'
import { readDeparture } from '@meedenk/actions/privacy/read-departure'
import { readExportFile, readExports, requestExport } from '@meedenk/actions/privacy/request-export'
import { Id, Nothing } from '@meedenk/domain/pages'
import { ConfirmationSent } from '@meedenk/domain/people/account-schemas'
import { freshMinutes } from '@meedenk/domain/people/rules'
import {
  DeparturePlanned,
  DepartureView,
  ExportFile,
  ExportList,
  ExportView,
  PlanDeparture,
} from '@meedenk/domain/privacy/schemas'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../app.ts'
import { asDoorContext } from '../plugins/door.ts'
import { forgetFacts } from '../plugins/session.ts'
import { clearSession } from '../plugins/session-cookies.ts'

const person = { authz: { who: 'person' } } as const
const fresh = { authz: { who: 'person', freshMinutes } } as const
const tags = ['privacy']
const types = { page: 'text/html; charset=utf-8', data: 'application/json; charset=utf-8' }
const endings = { page: 'html', data: 'json' }

/** Taking along everything of oneself, stopping, and coming back. */
export const privacyRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const forget = ({ actor }: FastifyRequest) => {
    if (actor.kind === 'person') forgetFacts(deps, actor.personId)
  }

  app.get(
    '/me/exports',
    { config: person, schema: { tags, summary: 'What one may take along now', response: { 200: ExportList } } },
    async (request) => readExports(request.asContext()),
  )
  app.post(
    '/me/exports',
    {
      config: fresh,
      schema: {
        tags,
        summary: 'Ask for everything the house knows of oneself; a mail says when it is ready',
        response: { 202: ExportView },
      },
    },
    async (request, reply) => reply.code(202).send(await requestExport(request.asContext())),
  )
  app.get(
    '/me/exports/:id/:file',
    {
      config: fresh,
      schema: {
        tags,
        summary: 'Fetch one of the two files: a page to read, or data',
        params: z.strictObject({ id: Id, file: ExportFile }),
      },
    },
    async (request, reply) => {
      const { id, file } = request.params
      const bytes = await readExportFile(request.asContext(), id, file)
      return reply
        .header('content-type', types[file])
        .header('content-disposition', `attachment; filename="meedenk.${endings[file]}"`)
        .header('cache-control', 'no-store')
        .send(bytes)
    },
  )
  app.get(
    '/me/departure',
    {
      config: person,
      schema: {
        tags,
        summary: 'Whether one is stopping, and what stopping would do',
        response: { 200: DepartureView },
      },
    },
    async (request) => readDeparture(request.asContext()),
  )
  app.post(
    '/me/departure/confirmations',
    {
      config: fresh,
      schema: { tags, summary: 'Send the code with which one confirms to stop', response: { 202: ConfirmationSent } },
    },
    async (request, reply) => reply.code(202).send(await requestDeparture(asDoorContext(request, deps))),
  )
  app.post(
    '/me/departure',
    {
      config: fresh,
      schema: {
        tags,
        summary: 'Stop; until the day that comes back one may return by signing in',
        body: PlanDeparture,
        response: { 201: DeparturePlanned },
      },
    },
    async (request, reply) => {
      const { ended, dueAt } = await planDeparture(asDoorContext(request, deps), request.body)
      for (const id of ended) app.revokedSessions.set(id, Date.now())
      clearSession(reply)
      forget(request)
      return reply.code(201).send({ dueAt })
    },
  )
  app.delete(
    '/me/departure',
    { config: person, schema: { tags, summary: 'Come back', response: { 204: Nothing } } },
    async (request, reply) => {
      await takeBackDeparture(request.asContext())
      forget(request)
      return reply.code(204).send(null)
    },
  )
}
