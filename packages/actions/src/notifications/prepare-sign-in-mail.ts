import { actAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import { sql } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { processOnce } from '../process-once.ts'

/** Makes the mail of a sign-in attempt, once; returns its id as long as it was not sent, else null. */
export function prepareSignInMail(
  context: Context<System>,
  { eventId, attemptId }: { eventId: string; attemptId: string },
): Promise<string | null> {
  const { db, actor, now } = context
  return actAs(db, actor, async (tx) => {
    await processOnce(tx, { eventId, job: actor.job, now }, async () => {
      await tx.execute(sql`
        insert into mails (address, template, subject_id, queued_at)
        select email, 'sign_in', id, ${now.toISOString()}::timestamptz from sign_in_attempts where id = ${attemptId}`)
    })
    const { rows } = await tx.execute<{ id: string }>(sql`
      select id from mails where template = 'sign_in' and subject_id = ${attemptId} and sent_at is null and failed_at is null`)
    return rows[0]?.id ?? null
  })
}
