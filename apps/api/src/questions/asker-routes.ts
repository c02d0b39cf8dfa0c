import { answerYieldReminder } from '@meedenk/actions/questions/answer-yield-reminder'
import { closeQuestion } from '@meedenk/actions/questions/close-question'
import { editQuestion } from '@meedenk/actions/questions/edit-question'
import { reopenQuestion } from '@meedenk/actions/questions/reopen-question'
import { saveQuestion } from '@meedenk/actions/questions/save-question'
import { sayMeToo } from '@meedenk/actions/questions/say-me-too'
import { shareYield } from '@meedenk/actions/questions/share-yield'
import { withdrawQuestion } from '@meedenk/actions/questions/withdraw-question'
import { AnswerFollowUp, CloseQuestion, EditQuestion, ShareYield } from '@meedenk/domain/questions/schemas'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../app.ts'
import { readIfMatch, sendETag } from '../plugins/if-match.ts'
import { actOnPost, addAct, addActWith, addSwitch, config } from './post-acts.ts'

/** What happens to a question after it was asked: by its asker, and by others who have it too or keep it. */
export const askerRoutes: FastifyPluginAsyncZod<Deps> = async (app) => {
  const change = actOnPost('Change your question; If-Match says which version you saw')
  app.patch('/questions/:id', { config, schema: { ...change, body: EditQuestion } }, async (request, reply) => {
    sendETag(reply, await editQuestion(request.asContext(), request.params.id, readIfMatch(request), request.body))
    return reply.code(204).send(null)
  })
  addAct(app, { method: 'PUT', url: '/questions/:id/withdrawal', summary: 'Take your question away' }, withdrawQuestion)

  const closure = { method: 'PUT', url: '/questions/:id/closure', summary: 'Close, with a reason' } as const
  addActWith(app, { ...closure, body: CloseQuestion }, (context, id, { reason }) => closeQuestion(context, id, reason))
  addAct(app, { ...closure, method: 'DELETE', summary: 'Open again' }, reopenQuestion)

  const came = { method: 'PUT', url: '/questions/:id/yield', summary: 'Tell what came of it; again to change' } as const
  addActWith(app, { ...came, body: ShareYield }, shareYield)
  const later = { method: 'PUT', url: '/questions/:id/follow-up' } as const
  addActWith(
    app,
    { ...later, summary: 'Nothing came of it yet, or stop asking', body: AnswerFollowUp },
    (context, id, { outcome }) => answerYieldReminder(context, id, outcome),
  )

  addSwitch(app, { url: '/questions/:id/me-too', on: 'I have this too', off: 'Not any more' }, sayMeToo)
  addSwitch(app, { url: '/questions/:id/saved', on: 'Keep it to find it back', off: 'Let it go' }, saveQuestion)
}
