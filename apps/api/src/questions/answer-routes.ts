import { editAnswer } from '@meedenk/actions/questions/edit-answer'
import { markHelpful, unmarkHelpful } from '@meedenk/actions/questions/mark-helpful'
import { postAnswer } from '@meedenk/actions/questions/post-answer'
import { postFollowUp } from '@meedenk/actions/questions/post-follow-up'
import { readAnswerHistory } from '@meedenk/actions/questions/read-history'
import { thankAnswer } from '@meedenk/actions/questions/thank-answer'
import { withdrawAnswer } from '@meedenk/actions/questions/withdraw-answer'
import {
  AnswerPosted,
  EditAnswer,
  MarkHelpful,
  PostAnswer,
  PostFollowUp,
  RevisionList,
} from '@meedenk/domain/questions/schemas'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../app.ts'
import { readIfMatch, sendETag } from '../plugins/if-match.ts'
import { sendJson } from '../plugins/json.ts'
import { aboutPost, actOnPost, addAct, addActWith, addSwitch, config } from './post-acts.ts'

/** Answers and follow-ups: thinking along, thanking, and the asker's mark. */
export const answerRoutes: FastifyPluginAsyncZod<Deps> = async (app) => {
  app.post(
    '/questions/:id/answers',
    { config, schema: { ...aboutPost('Think along'), body: PostAnswer, response: { 201: AnswerPosted } } },
    async (request, reply) =>
      reply.code(201).send(await postAnswer(request.asContext(), request.params.id, request.body)),
  )
  app.post(
    '/answers/:id/follow-ups',
    {
      config,
      schema: { ...aboutPost('Ask further about an answer'), body: PostFollowUp, response: { 201: AnswerPosted } },
    },
    async (request, reply) =>
      reply.code(201).send(await postFollowUp(request.asContext(), request.params.id, request.body)),
  )

  const change = actOnPost('Change your answer; If-Match says which version you saw')
  app.patch('/answers/:id', { config, schema: { ...change, body: EditAnswer } }, async (request, reply) => {
    sendETag(reply, await editAnswer(request.asContext(), request.params.id, readIfMatch(request), request.body.body))
    return reply.code(204).send(null)
  })
  addAct(app, { method: 'PUT', url: '/answers/:id/withdrawal', summary: 'Take your answer away' }, withdrawAnswer)
  app.get(
    '/answers/:id/history',
    {
      config: { authz: { who: 'everyone' } },
      schema: { ...aboutPost('What an answer said before'), response: { 200: RevisionList } },
    },
    async (request, reply) => sendJson(reply, await readAnswerHistory(request.asContext(), request.params.id)),
  )

  addSwitch(app, { url: '/answers/:id/thanks', on: 'Say thanks', off: 'Take the thanks back' }, thankAnswer)
  const mark = { method: 'PUT', url: '/answers/:id/helped', summary: 'The asker: this helped me on' } as const
  addActWith(app, { ...mark, body: MarkHelpful }, (context, id, { turn }) => markHelpful(context, id, turn))
  addAct(app, { ...mark, method: 'DELETE', summary: 'The asker takes that mark back' }, unmarkHelpful)
}
