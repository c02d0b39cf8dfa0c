import { answers } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ensure, ProductError } from '@meedenk/domain/errors'
import { mayMarkHelpful } from '@meedenk/domain/questions/rules'
import type { turns } from '@meedenk/domain/questions/schemas'
import { and, eq, isNull } from 'drizzle-orm'
import { asPerson, type Context, record } from '../context.ts'
import { loadAnswer } from './load-facts.ts'

/** What an answer brought about, in the asker's eyes. */
export type Turn = (typeof turns)[number] | null

/** The asker says that an answer helped them on; more than one may. */
export function markHelpful(context: Context, answerId: string, turn: Turn): Promise<void> {
  const { db, actor, now } = asPerson(context)
  return actAs(db, actor, async (tx) => {
    const { question, channelId, questionId, ...answer } = await loadAnswer(tx, answerId, actor.personId)
    ensure(mayMarkHelpful(actor, question))
    if (answer.isFollowUp || answer.hidden || answer.withdrawn) throw new ProductError('not_found')
    const marked = await tx
      .update(answers)
      .set({ helpedAt: now, turn })
      .where(and(eq(answers.id, answerId), isNull(answers.helpedAt)))
      .returning({ id: answers.id })
    if (marked.length === 0) await tx.update(answers).set({ turn }).where(eq(answers.id, answerId))
    else
      await record(tx, context, {
        type: 'answer.marked_helpful',
        subjectId: answerId,
        questionId,
        channelId,
        anonymous: question.anonymous,
      })
  })
}

/** The asker takes such a mark back. */
export function unmarkHelpful(context: Context, answerId: string): Promise<void> {
  const { db, actor } = asPerson(context)
  return actAs(db, actor, async (tx) => {
    const { question } = await loadAnswer(tx, answerId, actor.personId)
    ensure(mayMarkHelpful(actor, question))
    await tx.update(answers).set({ helpedAt: null, turn: null }).where(eq(answers.id, answerId))
  })
}
