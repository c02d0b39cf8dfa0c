import { actAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { processOnce } from '../process-once.ts'

const ofPerson = sql`
  select f.subject_id as person_id, null::text as address, f.id as subject_id from events f join people p on p.id = f.subject_id`
const ofReporter = sql`
  select null::uuid as person_id, r.reporter_email as address, r.id as subject_id from events f join reports r on r.id = f.subject_id
  and r.reporter_id is null and r.reporter_email is not null`

/** To whom each mail about an account or a report goes that an event gives rise to, and about what it is. */
const receivers = {
  confirmation: sql`
    select null::uuid as person_id, c.email::text as address, c.id as subject_id from events f join confirmations c on c.id = f.subject_id`,
  email_changed: sql`
    select null::uuid as person_id, m.old_email::text as address, m.id as subject_id from events f join email_moves m on m.id = f.subject_id`,
  departure_planned: ofPerson,
  welcome: ofPerson,
  report_received: ofReporter,
  report_decided: ofReporter,
} satisfies Record<string, SQL>
export type PreparedTemplate = keyof typeof receivers

/** Makes the mail that an event gives rise to, once; returns its id as long as it was not sent. */
export function prepareAccountMail(
  context: Context<System>,
  { eventId, template }: { eventId: string; template: PreparedTemplate },
): Promise<string | null> {
  const { db, actor, now } = context
  const receiver = sql`${receivers[template]} where f.id = ${eventId}`
  return actAs(db, actor, async (tx) => {
    await processOnce(tx, { eventId, job: actor.job, now }, async () => {
      await tx.execute(sql`
        insert into mails (person_id, address, template, subject_id, queued_at)
        select who.person_id, who.address, ${template}, who.subject_id, ${now.toISOString()}::timestamptz from (${receiver}) who
        on conflict do nothing`)
    })
    const { rows } = await tx.execute<{ id: string }>(sql`
      select m.id from mails m join (${receiver}) who on who.subject_id = m.subject_id
      where m.template = ${template} and m.sent_at is null and m.failed_at is null`)
    return rows[0]?.id ?? null
  })
}
