import { actAs } from '@meedenk/db/tenancy'
import { ensure } from '@meedenk/domain/errors'
import { mayFollowUp } from '@meedenk/domain/questions/rules'
import { asPerson, type Context } from '../context.ts'
import { once } from '../idempotency.ts'
import { loadAnswer } from './load-facts.ts'
import type { Posted } from './post-answer.ts'
import { refuseCitizenNumber } from './refuse-citizen-number.ts'
import { writePost } from './write-post.ts'

/** Asks further about an answer, one level deep; the asker thanks and asks on here too. */
export function postFollowUp(
  context: Context,
  answerId: string,
  input: { body: string; anonymous: boolean },
): Promise<Posted> {
  const { db, actor } = asPerson(context)
  refuseCitizenNumber({ body: input.body })
  return actAs(db, actor, (tx) =>
    once(tx, context, async () => {
      const { question, ...answer } = await loadAnswer(tx, answerId, actor.personId)
      ensure(mayFollowUp(actor, question, answer))
      // An anonymous asker stays anonymous; a named one who wants to be anonymous here cannot be shown as the asker.
      const anonymous = input.anonymous || (question.isAsker && question.anonymous)
      await writePost(tx, context, {
        id: answer.nextId,
        channelId: answer.channelId,
        questionId: answer.questionId,
        parentId: answerId,
        byAsker: question.isAsker && question.anonymous === anonymous,
        anonymous,
        perspective: null,
        body: input.body,
        referral: null,
      })
      return { id: answer.nextId, questionId: answer.questionId }
    }),
  )
}
