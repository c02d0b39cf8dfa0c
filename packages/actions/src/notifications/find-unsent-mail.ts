import { actAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import { sql } from 'drizzle-orm'
import type { Context } from '../context.ts'

/** Mails that should have gone out a minute ago and did not, so that no lost job loses a mail; after a day they are old news. */
export function findUnsentMail(context: Context<System>, most = 1000): Promise<string[]> {
  const { db, actor, now } = context
  const ago = (ms: number) => new Date(now.getTime() - ms).toISOString()
  return actAs(db, actor, async (tx) => {
    const { rows } = await tx.execute<{ id: string }>(sql`
      select id from mails
      where sent_at is null and failed_at is null and queued_at < ${ago(60_000)}::timestamptz and queued_at > ${ago(86_400_000)}::timestamptz
      order by queued_at limit ${most}`)
    return rows.map(({ id }) => id)
  })
}
