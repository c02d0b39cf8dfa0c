import { savedQuestions } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { and, eq } from 'drizzle-orm'
import { asPerson, type Context } from '../context.ts'
import { loadQuestion } from './load-facts.ts'

/** Keeps a question to find it back, or lets it go: a note to oneself, so without an event. */
export function saveQuestion(context: Context, questionId: string, isSaved: boolean): Promise<void> {
  const { db, actor, now } = asPerson(context)
  const { personId } = actor
  return actAs(db, actor, async (tx) => {
    if (!isSaved) {
      await tx
        .delete(savedQuestions)
        .where(and(eq(savedQuestions.questionId, questionId), eq(savedQuestions.personId, personId)))
      return
    }
    const question = await loadQuestion(tx, questionId, personId)
    await tx
      .insert(savedQuestions)
      .values({ channelId: question.channelId, questionId, personId, savedAt: now })
      .onConflictDoNothing()
  })
}
