import { actAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import { sql } from 'drizzle-orm'
import type { Context } from '../context.ts'

/** sent: handed to the mail server, or nothing was left to say · tried: not accepted now · refused: the address does not exist. */
export type MailOutcome = 'sent' | 'tried' | 'refused'

/** Writes down how a delivery went. A sent mail forgets its address; a refused one marks the account. */
export function markMail(context: Context<System>, mailId: string, outcome: MailOutcome): Promise<void> {
  const { db, actor, now } = context
  const at = sql`${now.toISOString()}::timestamptz`
  return actAs(db, actor, async (tx) => {
    await tx.execute(sql`
      update mails set attempts = attempts + 1,
        sent_at = case when ${outcome} = 'sent' then ${at} else sent_at end,
        failed_at = case when ${outcome} = 'refused' then ${at} else failed_at end,
        address = case when ${outcome} = 'tried' then address end
      where id = ${mailId}`)
    if (outcome === 'tried') return
    const bounced = outcome === 'refused' ? at : sql`null`
    await tx.execute(sql`
      update accounts set bounced_at = ${bounced} from mails m
      where m.id = ${mailId} and accounts.person_id = m.person_id and (bounced_at is null) = ${outcome === 'refused'}`)
  })
}
