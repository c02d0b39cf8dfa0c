import { answerYieldReminder } from '@meedenk/actions/questions/answer-yield-reminder'
import { closeQuestion } from '@meedenk/actions/questions/close-question'
import { editQuestion } from '@meedenk/actions/questions/edit-question'
import { reopenQuestion } from '@meedenk/actions/questions/reopen-question'
import { saveQuestion } from '@meedenk/actions/questions/save-question'
import { sayMeToo } from '@meedenk/actions/questions/say-me-too'
import { shareYield } from '@meedenk/actions/questions/share-yield'
import { withdrawQuestion } from '@meedenk/actions/questions/withdraw-question'
import { Id, Nothing } from '@meedenk/domain/pages'
import { AnswerFollowUp, CloseQuestion, EditQuestion, ShareYield } from '@meedenk/domain/questions/schemas'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../app.ts'
import { readIfMatch, sendETag } from '../plugins/if-match.ts'

const config = { authz: { who: 'person' } } as const
const about = (summary: string) => ({
  tags: ['questions'],
  summary,
  params: z.strictObject({ id: Id }),
  response: { 204: Nothing },
})

/** What happens to a question after it was asked: by its asker, and by others who have it too or keep it. */
export const askerRoutes: FastifyPluginAsyncZod<Deps> = async (app) => {
  app.patch(
    '/questions/:id',
    { config, schema: { ...about('Change your question; If-Match says which version you saw'), body: EditQuestion } },
    async (request, reply) => {
      sendETag(reply, await editQuestion(request.asContext(), request.params.id, readIfMatch(request), request.body))
      return reply.code(204).send(null)
    },
  )

  app.put('/questions/:id/withdrawal', { config, schema: about('Take your question away') }, async (request, reply) => {
    await withdrawQuestion(request.asContext(), request.params.id)
    return reply.code(204).send(null)
  })

  app.put(
    '/questions/:id/closure',
    { config, schema: { ...about('Close, with a reason'), body: CloseQuestion } },
    async (request, reply) => {
      await closeQuestion(request.asContext(), request.params.id, request.body.reason)
      return reply.code(204).send(null)
    },
  )
  app.delete('/questions/:id/closure', { config, schema: about('Open again') }, async (request, reply) => {
    await reopenQuestion(request.asContext(), request.params.id)
    return reply.code(204).send(null)
  })

  app.put(
    '/questions/:id/yield',
    { config, schema: { ...about('Tell what came of it; again to change'), body: ShareYield } },
    async (request, reply) => {
      await shareYield(request.asContext(), request.params.id, request.body)
      return reply.code(204).send(null)
    },
  )
  app.put(
    '/questions/:id/follow-up',
    { config, schema: { ...about('Nothing came of it yet, or stop asking'), body: AnswerFollowUp } },
    async (request, reply) => {
      await answerYieldReminder(request.asContext(), request.params.id, request.body.outcome)
      return reply.code(204).send(null)
    },
  )

  for (const [method, isOn] of [
    ['PUT', true],
    ['DELETE', false],
  ] as const) {
    app.route({
      method,
      url: '/questions/:id/me-too',
      config,
      schema: about(isOn ? 'I have this too' : 'Not any more'),
      handler: async (request, reply) => {
        await sayMeToo(request.asContext(), request.params.id, isOn)
        return reply.code(204).send(null)
      },
    })
    app.route({
      method,
      url: '/questions/:id/saved',
      config,
      schema: about(isOn ? 'Keep it to find it back' : 'Let it go'),
      handler: async (request, reply) => {
        await saveQuestion(request.asContext(), request.params.id, isOn)
        return reply.code(204).send(null)
      },
    })
  }
}
