import type { Tx } from '@meedenk/db/connection'
import type { ContributionChoice } from '@meedenk/domain/privacy/schemas'
import { type SQL, sql } from 'drizzle-orm'

type Common = { id: string; to: string; locale: 'nl' | 'en' }
/** A mail about somebody's account, or to a reporter without one: what it has to say, as facts. */
export type AccountMail = Common &
  (
    | { template: 'confirmation'; purpose: 'change_email' | 'stop'; codeSealed: Buffer }
    | { template: 'address_in_use' }
    | { template: 'email_changed'; moveId: string; shaded: string; until: string }
    | { template: 'departure_planned'; name: string; contributions: ContributionChoice; until: string }
    | { template: 'welcome'; name: string }
    | { template: 'export_ready'; name: string; until: string }
    | { template: 'report_received'; number: number; dueAt: string }
    | { template: 'report_decided'; number: number; decision: string; reason: string; rule: number | null }
  )
type Asked = { id: string; template: string; subjectId: string | null; address: string | null; now: Date }

/** Reads such a mail at the moment of sending; undefined when the template is another's, null when nothing is left to say. */
export async function readAccountMail(tx: Tx, mail: Asked): Promise<AccountMail | null | undefined> {
  const query = queries[mail.template]?.(mail)
  if (!query) return undefined
  const { rows } = await tx.execute<Record<string, unknown>>(query)
  const [row] = rows
  // Each query below gives the columns of its template.
  return row ? ({ template: mail.template, id: mail.id, ...row } as unknown as AccountMail) : null
}

const shade = (column: SQL) => sql`regexp_replace(${column}::text, '^(.).*@', '\\1…@')`
const ofPerson = (id: string) => sql`
  join people p on p.id = m.person_id and p.state <> 'stopped' join accounts a on a.person_id = p.id where m.id = ${id}`

const queries: Record<string, (mail: Asked) => SQL> = {
  // Whoever owns the address already hears that somebody tried; a code would tell the other that it is taken.
  confirmation: ({ subjectId, now }) => sql`
    select c.email::text as to, case when taken.locale is null then p.locale else taken.locale end as locale,
      case when taken.locale is null then 'confirmation' else 'address_in_use' end as template,
      case when taken.locale is null then c.purpose end as purpose, case when taken.locale is null then c.code_sealed end as "codeSealed"
    from confirmations c join people p on p.id = c.person_id
    left join lateral (
      select o.locale from accounts a join people o on o.id = a.person_id where a.email = c.email and a.person_id <> c.person_id
      union all
      select o.locale from email_moves m join people o on o.id = m.person_id
      where m.old_email = c.email and m.person_id <> c.person_id and m.undone_at is null and m.undo_until > ${at(now)}
      limit 1) taken on true
    where c.id = ${subjectId} and c.used_at is null and c.expires_at > ${at(now)}`,
  email_changed: ({ subjectId, now }) => sql`
    select m.old_email::text as to, p.locale, m.id as "moveId", ${shade(sql`m.new_email`)} as shaded, m.undo_until as until
    from email_moves m join people p on p.id = m.person_id
    where m.id = ${subjectId} and m.undone_at is null and m.undo_until > ${at(now)}`,
  departure_planned: ({ id }) => sql`
    select a.email::text as to, p.locale, p.name, d.contributions, d.due_at as until
    from mails m join departures d on d.person_id = m.person_id ${ofPerson(id)}`,
  welcome: ({ id }) => sql`
    select a.email::text as to, p.locale, p.name from mails m ${ofPerson(id)} and p.state = 'active'`,
  export_ready: ({ id, subjectId, now }) => sql`
    select a.email::text as to, p.locale, p.name, e.expires_at as until
    from mails m join exports e on e.id = ${subjectId} and e.expires_at > ${at(now)} ${ofPerson(id)}`,
  // A report without an account tells no language, so the language of the house.
  report_received: ({ subjectId, address }) => sql`
    select ${address}::text as to, 'nl' as locale, r.number::int as number, r.due_at as "dueAt" from reports r where r.id = ${subjectId} and ${address}::text is not null`,
  report_decided: ({ subjectId, address }) => sql`
    select ${address}::text as to, 'nl' as locale, r.number::int as number, d.decision, d.reason, d.rule
    from reports r join lateral (select * from moderation_decisions d where d.report_id = r.id order by d.decided_at desc limit 1) d on true
    where r.id = ${subjectId} and ${address}::text is not null`,
}

const at = (now: Date) => sql`${now.toISOString()}::timestamptz`
