import { meToos } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ensure } from '@meedenk/domain/errors'
import { maySayMeToo } from '@meedenk/domain/questions/rules'
import { and, eq } from 'drizzle-orm'
import { asPerson, type Context } from '../context.ts'
import { loadQuestion } from './load-facts.ts'

/** Says "I have this too" about a question, or takes that back. Only the number shows; no event, because nobody is told who it was. */
export function sayMeToo(context: Context, questionId: string, isMeToo: boolean): Promise<void> {
  const { db, actor, now } = asPerson(context)
  const { personId } = actor
  return actAs(db, actor, async (tx) => {
    const question = await loadQuestion(tx, questionId, personId)
    ensure(maySayMeToo(actor, question))
    if (isMeToo)
      await tx
        .insert(meToos)
        .values({ channelId: question.channelId, questionId, personId, saidAt: now })
        .onConflictDoNothing()
    else await tx.delete(meToos).where(and(eq(meToos.questionId, questionId), eq(meToos.personId, personId)))
  })
}
