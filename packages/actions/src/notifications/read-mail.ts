import { actAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import type { NoticeKind } from '@meedenk/domain/notifications/schemas'
import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { type AccountMail, readAccountMail } from '../people/read-account-mail.ts'

/** One thing a mail tells; texts are read at the moment of sending and go nowhere else. */
export type MailItem = {
  kind: NoticeKind
  because: string | null
  number: number | null
  slug: string | null
  title: string | null
  /** The answer, follow-up or yield it is about. */
  text: string | null
  /** Who wrote that; null when anonymous. */
  author: string | null
  themes: { nl: string; en: string }[]
  decision: { decision: string; reason: string; rule: number | null } | null
  /** The session that started, when that is what happened to the account. */
  session: { device: string; at: string } | null
}
export type SignInMail = {
  template: 'sign_in'
  id: string
  to: string
  locale: 'nl' | 'en'
  attemptId: string
  codeSealed: Buffer
}
export type NoticesMail = {
  template: 'notices'
  id: string
  to: string
  locale: 'nl' | 'en'
  personId: string
  name: string
  items: MailItem[]
}

/** What a mail has to say now; null when it was sent already or has nothing left to say. Rights are checked again here. */
export async function readMail(
  context: Context<System>,
  mailId: string,
): Promise<SignInMail | NoticesMail | AccountMail | 'nothing_left' | null> {
  return actAs(context.db, context.actor, async (tx) => {
    const first = async <Row extends Record<string, unknown>>(query: SQL) => (await tx.execute<Row>(query)).rows[0]
    const mail = await first<{
      template: string
      person_id: string | null
      subject_id: string | null
      address: string | null
    }>(
      sql`select template, person_id, subject_id, address from mails where id = ${mailId} and sent_at is null and failed_at is null`,
    )
    if (!mail) return null
    if (mail.template === 'sign_in') {
      const attempt = await first<{ to: string; locale: 'nl' | 'en'; sealed: Buffer }>(sql`
        select email::text as to, locale, code_sealed as sealed from sign_in_attempts
        where id = ${mail.subject_id} and used_at is null and expires_at > ${context.now.toISOString()}::timestamptz`)
      if (!attempt || !mail.subject_id) return 'nothing_left'
      return {
        template: 'sign_in',
        id: mailId,
        to: attempt.to,
        locale: attempt.locale,
        attemptId: mail.subject_id,
        codeSealed: attempt.sealed,
      }
    }
    const { template, subject_id: subjectId, address } = mail
    const account = await readAccountMail(tx, { id: mailId, template, subjectId, address, now: context.now })
    if (account !== undefined) return account ?? 'nothing_left'
    const reader = await first<{ to: string; locale: 'nl' | 'en'; name: string }>(sql`
      select a.email::text as to, p.locale, p.name from people p join accounts a on a.person_id = p.id
      where p.id = ${mail.person_id} and p.state <> 'stopped'`)
    const { rows: items } = await tx.execute<MailItem>(itemsOf(mailId))
    if (!reader || !mail.person_id || items.length === 0) return 'nothing_left'
    return { template: 'notices', id: mailId, personId: mail.person_id, ...reader, items }
  })
}

const itemsOf = (mailId: string) => sql`
  select n.kind, n.because, q.number::int as number, q.slug, q.title,
    coalesce(a.body, case when n.kind = 'yield_shared' then y.body end) as text,
    case n.kind when 'yield_shared' then asker.name else writer.name end as author,
    coalesce((select json_agg(json_build_object('nl', t.name, 'en', t.name_en) order by t.position, t.name)
      from question_themes qt join themes t on t.id = qt.theme_id where qt.question_id = q.id), '[]') as themes,
    coalesce(
      (select json_build_object('decision', d.decision, 'reason', d.reason, 'rule', d.rule) from moderation_decisions d where d.id::text = n.because),
      (select json_build_object('decision', 'seal_opened', 'reason', o.reason, 'rule', null) from seal_openings o
        where n.because = 'seal_opened' and o.id = n.subject_id)) as decision,
    case when n.because = 'session.started' then (select json_build_object('device', s.device, 'at', s.started_at)
      from events f join sessions s on s.id = f.subject_id where f.id = n.subject_id) end as session
  from notices n
  join people me on me.id = n.person_id
  left join questions q on q.channel_id = n.channel_id and q.id = n.question_id
  left join people asker on asker.id = q.author_id
  left join answers a on a.id = n.subject_id and a.hidden_at is null and a.withdrawn_at is null
  left join people writer on writer.id = a.author_id
  left join yields y on y.question_id = q.id
  where n.mail_id = ${mailId} and ${stillHolds}
  order by n.added_at, n.id`

/** What is hidden, withdrawn, closed or done meanwhile drops out, and whoever lost a role is not told by that role. */
const stillHolds = sql`
  case
    when n.kind in ('account_security', 'post_decided', 'report_decided') then true
    when q.id is null or q.hidden_at is not null or q.withdrawn_at is not null then false
    when n.kind in ('question_routed', 'question_invited', 'question_escalated') then
      q.closed_at is null and n.state = 'new'
      and (n.because is distinct from 'facilitator' or me.platform_role <> 'member')
      and not exists (
        select from answers mine left join sealed_authors s on s.subject_id = mine.id
        where mine.question_id = q.id and coalesce(mine.author_id, s.person_id) = n.person_id)
    when n.kind in ('answer_posted', 'follow_up_posted', 'answer_helped') then a.id is not null
    when n.kind = 'yield_shared' then y.question_id is not null
    when n.kind = 'yield_asked' then q.yield_at is null
    else true
  end`
