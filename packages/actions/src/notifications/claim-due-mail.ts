import { actAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import { defaultPaces, noticeKinds, paceKindOf } from '@meedenk/domain/notifications/schemas'
import { sql } from 'drizzle-orm'
import type { Context } from '../context.ts'

const peoplePerRound = 500
const paceKinds = JSON.stringify(
  noticeKinds.map((kind) => ({
    kind,
    pace_kind: paceKindOf[kind],
    pace: paceKindOf[kind] && defaultPaces[paceKindOf[kind]],
  })),
)

/**
 * Puts what is due for a person into one mail, each notice in one mail only; returns the mails to deliver.
 * What was handled meanwhile, or is no longer wanted by mail, leaves the queue; a pause keeps it waiting.
 */
export function claimDueMail(context: Context<System>): Promise<string[]> {
  const { db, actor, now } = context
  const at = sql`${now.toISOString()}::timestamptz`
  return actAs(db, actor, async (tx) => {
    // One claimer at a time, or two would make two mails of what belongs in one.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('meedenk.claim-due-mail'))`)
    await tx.execute(sql`
      with settled as (
        select n.person_id, n.id from notices n
        join jsonb_to_recordset(${paceKinds}::jsonb) k (kind text, pace_kind text, pace text) on k.kind = n.kind
        left join pace_settings ps on ps.person_id = n.person_id and ps.kind = k.pace_kind
        where n.mail_due_at <= ${at} and n.mail_id is null
          and (n.state <> 'new' or (k.pace_kind is not null and coalesce(ps.pace, k.pace) = 'pause'))
        limit 5000)
      update notices n set mail_due_at = null from settled s where n.person_id = s.person_id and n.id = s.id`)
    const { rows } = await tx.execute<{ id: string }>(sql`
      with waiting as (
        select n.person_id, n.id from notices n
        where n.mail_due_at <= ${at} and n.mail_id is null and n.state = 'new'
          and (n.kind = 'account_security' or not exists (select from mail_pauses mp where mp.person_id = n.person_id and mp.until > ${at}))
          and n.person_id in (
            select n.person_id from notices n
            where n.mail_due_at <= ${at} and n.mail_id is null
              and (n.kind = 'account_security' or not exists (select from mail_pauses mp where mp.person_id = n.person_id and mp.until > ${at}))
            group by n.person_id order by min(n.mail_due_at) limit ${peoplePerRound})
        for update of n skip locked),
      made as (
        insert into mails (person_id, template, queued_at) select distinct person_id, 'notices', ${at} from waiting returning id, person_id),
      claimed as (
        update notices n set mail_id = m.id from waiting w join made m on m.person_id = w.person_id
        where n.person_id = w.person_id and n.id = w.id returning n.mail_id)
      select id from made`)
    return rows.map(({ id }) => id)
  })
}
