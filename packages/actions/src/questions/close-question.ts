import { questions } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ensure } from '@meedenk/domain/errors'
import { mayCloseQuestion } from '@meedenk/domain/questions/rules'
import { eq } from 'drizzle-orm'
import { asPerson, type Context, record } from '../context.ts'
import { loadQuestion } from './load-facts.ts'
import { refuseCitizenNumber } from './refuse-citizen-number.ts'

/** Ends the thinking along, with a reason that readers see; again changes the reason. */
export function closeQuestion(context: Context, questionId: string, reason: string): Promise<void> {
  const { db, actor, now } = asPerson(context)
  refuseCitizenNumber({ reason })
  return actAs(db, actor, async (tx) => {
    const question = await loadQuestion(tx, questionId, actor.personId)
    ensure(mayCloseQuestion(actor, question))
    await tx
      .update(questions)
      .set({ closedReason: reason, ...(question.closed ? {} : { closedAt: now }) })
      .where(eq(questions.id, questionId))
    if (question.closed) return
    const anonymous = question.anonymous && question.isAsker
    await record(tx, context, {
      type: 'question.closed',
      subjectId: questionId,
      questionId,
      channelId: question.channelId,
      anonymous,
    })
  })
}
