import { questions } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ensure } from '@meedenk/domain/errors'
import { mayWithdrawQuestion } from '@meedenk/domain/questions/rules'
import { eq } from 'drizzle-orm'
import { asPerson, type Context, record } from '../context.ts'
import { loadQuestion } from './load-facts.ts'

/** Takes one's own question away from the plaza, with everything below it. */
export function withdrawQuestion(context: Context, questionId: string): Promise<void> {
  const { db, actor, now } = asPerson(context)
  return actAs(db, actor, async (tx) => {
    const question = await loadQuestion(tx, questionId, actor.personId)
    ensure(mayWithdrawQuestion(actor, question))
    await tx.update(questions).set({ withdrawnAt: now }).where(eq(questions.id, questionId))
    await record(tx, context, {
      type: 'question.withdrawn',
      subjectId: questionId,
      questionId,
      channelId: question.channelId,
      anonymous: question.anonymous,
    })
  })
}
