import { answers } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ensure } from '@meedenk/domain/errors'
import { mayWithdrawAnswer } from '@meedenk/domain/questions/rules'
import { eq } from 'drizzle-orm'
import { asPerson, type Context, record } from '../context.ts'
import { loadAnswer } from './load-facts.ts'

/** Takes one's own answer or follow-up away. */
export function withdrawAnswer(context: Context, answerId: string): Promise<void> {
  const { db, actor, now } = asPerson(context)
  return actAs(db, actor, async (tx) => {
    const { channelId, questionId, ...answer } = await loadAnswer(tx, answerId, actor.personId)
    ensure(mayWithdrawAnswer(actor, answer))
    await tx.update(answers).set({ withdrawnAt: now }).where(eq(answers.id, answerId))
    await record(tx, context, {
      type: 'answer.withdrawn',
      subjectId: answerId,
      questionId,
      channelId,
      anonymous: answer.anonymous,
    })
  })
}
