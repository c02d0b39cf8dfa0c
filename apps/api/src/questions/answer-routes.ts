import { editAnswer } from '@meedenk/actions/questions/edit-answer'
import { markHelpful, unmarkHelpful } from '@meedenk/actions/questions/mark-helpful'
import { postAnswer } from '@meedenk/actions/questions/post-answer'
import { postFollowUp } from '@meedenk/actions/questions/post-follow-up'
import { readAnswerHistory } from '@meedenk/actions/questions/read-history'
import { thankAnswer } from '@meedenk/actions/questions/thank-answer'
import { withdrawAnswer } from '@meedenk/actions/questions/withdraw-answer'
import { Id, Nothing } from '@meedenk/domain/pages'
import {
  AnswerPosted,
  EditAnswer,
  MarkHelpful,
  PostAnswer,
  PostFollowUp,
  RevisionList,
} from '@meedenk/domain/questions/schemas'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../app.ts'
import { readIfMatch, sendETag } from '../plugins/if-match.ts'
import { sendJson } from '../plugins/json.ts'

const tags = ['questions']
const config = { authz: { who: 'person' } } as const
const params = z.strictObject({ id: Id })
const about = (summary: string) => ({ tags, summary, params, response: { 204: Nothing } })

/** Answers and follow-ups: thinking along, thanking, and the asker's mark. */
export const answerRoutes: FastifyPluginAsyncZod<Deps> = async (app) => {
  app.post(
    '/questions/:id/answers',
    { config, schema: { tags, summary: 'Think along', params, body: PostAnswer, response: { 201: AnswerPosted } } },
    async (request, reply) =>
      reply.code(201).send(await postAnswer(request.asContext(), request.params.id, request.body)),
  )
  app.post(
    '/answers/:id/follow-ups',
    {
      config,
      schema: {
        tags,
        summary: 'Ask further about an answer',
        params,
        body: PostFollowUp,
        response: { 201: AnswerPosted },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await postFollowUp(request.asContext(), request.params.id, request.body)),
  )

  app.patch(
    '/answers/:id',
    { config, schema: { ...about('Change your answer; If-Match says which version you saw'), body: EditAnswer } },
    async (request, reply) => {
      sendETag(reply, await editAnswer(request.asContext(), request.params.id, readIfMatch(request), request.body.body))
      return reply.code(204).send(null)
    },
  )
  app.put('/answers/:id/withdrawal', { config, schema: about('Take your answer away') }, async (request, reply) => {
    await withdrawAnswer(request.asContext(), request.params.id)
    return reply.code(204).send(null)
  })
  app.get(
    '/answers/:id/history',
    { config: { authz: { who: 'everyone' } }, schema: { tags, params, response: { 200: RevisionList } } },
    async (request, reply) => sendJson(reply, await readAnswerHistory(request.asContext(), request.params.id)),
  )

  for (const [method, isOn] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const) {
    app.route({
      method,
      url: '/answers/:id/thanks',
      config,
      schema: about(isOn ? 'Say thanks' : 'Take the thanks back'),
      handler: async (request, reply) => {
        await thankAnswer(request.asContext(), request.params.id, isOn)
        return reply.code(204).send(null)
      },
    })
  }

  app.put(
    '/answers/:id/helped',
    { config, schema: { ...about('The asker: this helped me on'), body: MarkHelpful } },
    async (request, reply) => {
      await markHelpful(request.asContext(), request.params.id, request.body.turn)
      return reply.code(204).send(null)
    },
  )
  app.delete(
    '/answers/:id/helped',
    { config, schema: about('The asker takes that mark back') },
    async (request, reply) => {
      await unmarkHelpful(request.asContext(), request.params.id)
      return reply.code(204).send(null)
    },
  )
}
