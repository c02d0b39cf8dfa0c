import { actAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import { exportDays } from '@meedenk/domain/privacy/schemas'
import { sql } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { processOnce } from '../process-once.ts'

type Made = { eventId: string; exportId: string; page: string; data: string }

/** Keeps both files for a week, and makes the mail that says so. Gives the id of that mail as long as it was not sent. */
export function keepExport(context: Context<System>, { eventId, exportId, page, data }: Made): Promise<string | null> {
  const { db, actor, now } = context
  const expiresAt = new Date(now.getTime() + exportDays * 86_400_000)
  return actAs(db, actor, async (tx) => {
    await processOnce(tx, { eventId, job: actor.job, now }, async () => {
      await tx.execute(sql`
        update exports set page = ${Buffer.from(page)}, data = ${Buffer.from(data)}, ready_at = ${now.toISOString()}::timestamptz,
          expires_at = ${expiresAt.toISOString()}::timestamptz
        where id = ${exportId} and ready_at is null`)
      await tx.execute(sql`
        insert into mails (person_id, template, subject_id, queued_at)
        select e.person_id, 'export_ready', e.id, ${now.toISOString()}::timestamptz from exports e where e.id = ${exportId}
        on conflict do nothing`)
    })
    const { rows } = await tx.execute<{ id: string }>(sql`
      select id from mails where template = 'export_ready' and subject_id = ${exportId} and sent_at is null and failed_at is null`)
    return rows[0]?.id ?? null
  })
}
