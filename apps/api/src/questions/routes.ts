import { askQuestion } from '@meedenk/actions/questions/ask-question'
import { countAudience } from '@meedenk/actions/questions/count-audience'
import { listQuestions } from '@meedenk/actions/questions/list-questions'
import { listSaved } from '@meedenk/actions/questions/list-saved'
import { readQuestionHistory } from '@meedenk/actions/questions/read-history'
import { readMine } from '@meedenk/actions/questions/read-mine'
import { isQuestionGone, readQuestion, readQuestionAs } from '@meedenk/actions/questions/read-question'
import { suggestQuestions } from '@meedenk/actions/search/suggest-questions'
import { ProductError } from '@meedenk/domain/errors'
import { Id, Nothing } from '@meedenk/domain/pages'
import {
  AskQuestion,
  AudienceView,
  CountAudience,
  IdOrNumber,
  QuestionAsked,
  QuestionMine,
  QuestionPage,
  QuestionQuery,
  QuestionView,
  RevisionList,
  SavedQuery,
  Suggestions,
  SuggestQuery,
} from '@meedenk/domain/questions/schemas'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../app.ts'
import { sendJson } from '../plugins/json.ts'
import { answerRoutes } from './answer-routes.ts'
import { askerRoutes } from './asker-routes.ts'
import { etagOf } from './question-etag.ts'

const tags = ['questions']
const everyone = { authz: { who: 'everyone' } } as const
const person = { authz: { who: 'person' } } as const
const question = z.strictObject({ id: Id })

/** Public questions: asking, reading, finding. */
export const questionRoutes: FastifyPluginAsyncZod<Deps> = async (app, deps) => {
  const { db } = deps
  await app.register(askerRoutes, { ...deps, prefix: '' })
  await app.register(answerRoutes, { ...deps, prefix: '' })

  app.post(
    '/questions',
    {
      config: person,
      schema: {
        tags,
        summary: 'Ask a question; it goes to everybody with that expertise',
        body: AskQuestion,
        response: { 201: QuestionAsked },
      },
    },
    async (request, reply) => reply.code(201).send(await askQuestion(request.asContext(), request.body)),
  )

  app.get(
    '/questions',
    { config: everyone, schema: { tags, querystring: QuestionQuery, response: { 200: QuestionPage } } },
    async (request, reply) => {
      reply.header('cache-control', 'public, no-cache')
      return sendJson(reply, await listQuestions(db, request.query))
    },
  )

  app.get(
    '/questions/saved',
    { config: person, schema: { tags, querystring: SavedQuery, response: { 200: QuestionPage } } },
    async (request, reply) => sendJson(reply, await listSaved(request.asContext(), request.query)),
  )

  app.get(
    '/questions/suggestions',
    {
      config: everyone,
      schema: {
        tags,
        summary: 'Earlier questions and themes that fit what is being typed',
        querystring: SuggestQuery,
        response: { 200: Suggestions },
      },
    },
    async (request, reply) => sendJson(reply, await suggestQuestions(db, request.query.q)),
  )

  app.post(
    '/questions/audience',
    {
      config: everyone,
      schema: {
        tags,
        summary: 'How many distinct people a question would reach',
        body: CountAudience,
        response: { 200: AudienceView },
      },
    },
    async (request, reply) => sendJson(reply, await countAudience(request.asContext(), request.body)),
  )

  app.get(
    '/questions/:id',
    {
      config: everyone,
      schema: {
        tags,
        summary: 'A question with its answers, by id or number',
        params: z.strictObject({ id: IdOrNumber }),
        response: { 200: QuestionView, 304: Nothing },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const seen = await readQuestion(db, id)
      if (seen) {
        const etag = etagOf(seen)
        // Caches may keep it but must ask: a fresh answer shows at once.
        reply.header('etag', etag).header('cache-control', 'public, no-cache')
        if (request.headers['if-none-match'] === etag) return reply.code(304).send(null)
        return sendJson(reply, seen.json)
      }
      const own = request.actor.kind === 'person' ? await readQuestionAs(db, request.actor, id) : null
      if (own) return sendJson(reply, own.json)
      throw new ProductError((await isQuestionGone(db, id)) ? 'gone' : 'not_found')
    },
  )

  app.get(
    '/questions/:id/mine',
    {
      config: person,
      schema: { tags, summary: 'What you did here, and may do now', params: question, response: { 200: QuestionMine } },
    },
    async (request) => readMine(request.asContext(), request.params.id),
  )

  app.get(
    '/questions/:id/history',
    { config: everyone, schema: { tags, params: question, response: { 200: RevisionList } } },
    async (request, reply) => sendJson(reply, await readQuestionHistory(request.asContext(), request.params.id)),
  )
}
