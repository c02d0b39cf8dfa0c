import { yieldReminders } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ensure, ProductError } from '@meedenk/domain/errors'
import { mayShareYield } from '@meedenk/domain/questions/rules'
import { eq } from 'drizzle-orm'
import { asPerson, type Context } from '../context.ts'
import { loadQuestion } from './load-facts.ts'

/** The asker, asked after 7 or 21 days what came of it, says "nothing yet" or "stop asking"; either ends the asking. */
export function answerYieldReminder(
  context: Context,
  questionId: string,
  outcome: 'nothing_yet' | 'stop',
): Promise<void> {
  const { db, actor } = asPerson(context)
  return actAs(db, actor, async (tx) => {
    ensure(mayShareYield(actor, await loadQuestion(tx, questionId, actor.personId)))
    const answered = await tx
      .update(yieldReminders)
      .set({ outcome })
      .where(eq(yieldReminders.questionId, questionId))
      .returning({ day: yieldReminders.day })
    if (answered.length === 0) throw new ProductError('not_found')
  })
}
