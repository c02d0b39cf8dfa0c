import { readDraft } from '@meedenk/actions/people/read-draft'
import { discardDraft, saveDraft } from '@meedenk/actions/people/save-draft'
import { Nothing } from '@meedenk/domain/pages'
import { DraftKey, DraftView, SaveDraft } from '@meedenk/domain/questions/schemas'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../app.ts'

const person = { authz: { who: 'person' } } as const
const tags = ['people']
const Key = z.strictObject({ key: DraftKey })

/** Unfinished texts, so that they are there on the next device. */
export const draftRoutes: FastifyPluginAsyncZod<Deps> = async (app) => {
  app.get(
    '/drafts/:key',
    {
      config: person,
      schema: {
        tags,
        summary: 'An unfinished text; null when there is none',
        params: Key,
        response: { 200: DraftView.nullable() },
      },
    },
    async (request) => readDraft(request.asContext(), request.params.key),
  )
  app.put(
    '/drafts/:key',
    {
      config: person,
      schema: {
        tags,
        summary: 'Keep an unfinished text; the latest wins',
        params: Key,
        body: SaveDraft,
        response: { 204: Nothing },
      },
    },
    async (request, reply) => {
      await saveDraft(request.asContext(), request.params.key, request.body.content)
      return reply.code(204).send(null)
    },
  )
  app.delete(
    '/drafts/:key',
    {
      config: person,
      schema: { tags, summary: 'Throw an unfinished text away', params: Key, response: { 204: Nothing } },
    },
    async (request, reply) => {
      await discardDraft(request.asContext(), request.params.key)
      return reply.code(204).send(null)
    },
  )
}
