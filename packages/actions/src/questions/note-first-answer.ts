import { actAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import { officeMinutesBetween } from '@meedenk/domain/insights/office-hours'
import { sql } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { processOnce } from '../process-once.ts'

/** Writes down how many office minutes a question waited for its first answer; the promise is measured with it. */
export function noteFirstAnswer(
  context: Context<System>,
  { eventId, questionId }: { eventId: string; questionId: string },
): Promise<boolean> {
  const { db, actor, now } = context
  return actAs(db, actor, (tx) =>
    processOnce(tx, { eventId, job: actor.job, now }, async () => {
      const { rows } = await tx.execute<{ asked: string; answered: string }>(sql`
        select asked_at as asked, first_answer_at as answered from questions
        where id = ${questionId} and first_answer_at is not null and first_answer_office_minutes is null`)
      const [waited] = rows
      if (!waited) return
      const minutes = Math.round(officeMinutesBetween(new Date(waited.asked), new Date(waited.answered)))
      await tx.execute(
        sql`update questions set first_answer_office_minutes = ${minutes} where id = ${questionId} and first_answer_office_minutes is null`,
      )
    }),
  )
}
