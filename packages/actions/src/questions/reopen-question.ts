import { questions } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ensure } from '@meedenk/domain/errors'
import { mayReopenQuestion } from '@meedenk/domain/questions/rules'
import { eq } from 'drizzle-orm'
import { asPerson, type Context, record } from '../context.ts'
import { loadQuestion } from './load-facts.ts'

/** Lets people think along again about a closed question. */
export function reopenQuestion(context: Context, questionId: string): Promise<void> {
  const { db, actor } = asPerson(context)
  return actAs(db, actor, async (tx) => {
    const question = await loadQuestion(tx, questionId, actor.personId)
    ensure(mayReopenQuestion(actor, question))
    if (!question.closed) return
    await tx.update(questions).set({ closedAt: null, closedReason: null }).where(eq(questions.id, questionId))
    const anonymous = question.anonymous && question.isAsker
    await record(tx, context, {
      type: 'question.reopened',
      subjectId: questionId,
      questionId,
      channelId: question.channelId,
      anonymous,
    })
  })
}
