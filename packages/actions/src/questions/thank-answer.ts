import { thanks } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ensure } from '@meedenk/domain/errors'
import { mayThank } from '@meedenk/domain/questions/rules'
import { and, eq } from 'drizzle-orm'
import { asPerson, type Context } from '../context.ts'
import { loadAnswer } from './load-facts.ts'

/** Says thanks for an answer, or takes that back. Only the number shows; no event, because nobody is told who it was. */
export function thankAnswer(context: Context, answerId: string, isThanked: boolean): Promise<void> {
  const { db, actor, now } = asPerson(context)
  const { personId } = actor
  return actAs(db, actor, async (tx) => {
    const answer = await loadAnswer(tx, answerId, personId)
    ensure(mayThank(actor, answer.question, answer))
    if (isThanked)
      await tx
        .insert(thanks)
        .values({ channelId: answer.channelId, answerId, personId, thankedAt: now })
        .onConflictDoNothing()
    else await tx.delete(thanks).where(and(eq(thanks.answerId, answerId), eq(thanks.personId, personId)))
  })
}
