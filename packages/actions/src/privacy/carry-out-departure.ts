import type { Tx } from '@meedenk/db/connection'
import { actAs, goOnAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import { sql } from 'drizzle-orm'
import { type Context, record } from '../context.ts'
import { type Leaver, leavePosts, type StandIns } from './leave-posts.ts'

/** To whom a last mail can go, now that the house knows nothing of them any more. */
export type Farewell = { email: string; locale: 'nl' | 'en'; erased: number }

/** Who stopped two weeks ago and did not come back. */
export function findDueDepartures({ db, actor, now }: Context<System>, most = 50): Promise<string[]> {
  return actAs(db, actor, async (tx) => {
    const { rows } = await tx.execute<{ id: string }>(
      sql`select person_id as id from departures where due_at <= ${now.toISOString()}::timestamptz order by due_at limit ${most}`,
    )
    return rows.map(({ id }) => id)
  })
}

/**
 * Takes a person out of the house, in all channels and in one transaction: what they wrote goes or stays without them, and
 * everything that belongs to the person goes with their row. Their id in the audit trail then leads nowhere. Null when they came back.
 */
export function carryOutDeparture(context: Context<System>, personId: string): Promise<Farewell | null> {
  const { db, actor, now } = context
  const asEraser: System = { ...actor, job: 'carry-out-departure', personId }
  return actAs(db, asEraser, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`depart:${personId}`}, 0))`)
    const leaver = await findLeaver(tx, personId, now)
    if (!leaver) return null
    const standIns: StandIns = {}
    let erased = 0
    const { rows: channels } = await tx.execute<{ id: string }>(sql`select id from channels`)
    for (const { id } of channels) {
      await goOnAs(tx, { ...asEraser, channelId: id })
      erased += await leavePosts(tx, leaver, now, standIns)
    }
    await goOnAs(tx, asEraser)
    await eraseTraces(tx, leaver)
    await tx.execute(sql`delete from people where id = ${personId}`)
    await record(tx, { ...context, actor: asEraser }, { type: 'person.left', subjectId: personId, facts: { erased } })
    return { email: leaver.email, locale: leaver.locale, erased }
  })
}

async function findLeaver(tx: Tx, personId: string, now: Date): Promise<(Leaver & { email: string }) | undefined> {
  const { rows } = await tx.execute<Leaver & { email: string }>(sql`
    select p.id as "personId", p.name, p.locale, d.contributions, p.joined_at as "joinedAt", a.email::text as email
    from departures d join people p on p.id = d.person_id join accounts a on a.person_id = p.id
    where d.person_id = ${personId} and p.state = 'leaving' and d.due_at <= ${now.toISOString()}::timestamptz`)
  return rows[0]
}

/** What bears no reference to the person but their address or id. The rest goes with the row of the person itself. */
async function eraseTraces(tx: Tx, { personId, email }: { personId: string; email: string }): Promise<void> {
  const addresses = sql`(select ${email}::citext union select old_email from email_moves where person_id = ${personId}
    union select new_email from email_moves where person_id = ${personId})`
  await tx.execute(sql`delete from mails where address is not null and address::citext in ${addresses}`)
  await tx.execute(sql`delete from sign_in_attempts where email in ${addresses}`)
  await tx.execute(sql`delete from idempotency_keys where person_id = ${personId}`)
  await tx.execute(sql`delete from throttles where key like ${`turn:%:person:${personId}`}`)
}
