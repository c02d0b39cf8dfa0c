import type { Tx } from '@meedenk/db/connection'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { defaultPaces, type NoticeKind, paceKindOf } from '@meedenk/domain/notifications/schemas'
import { type SQL, sql } from 'drizzle-orm'
import { type Context, record } from '../context.ts'

/**
 * The one insert of notices: set-based, each person at most once per kind and subject, with the moment of mail by their own
 * pace. `who` selects person_id, channel_id, question_id, subject_id and because.
 */
export function insertNotices(kind: NoticeKind, now: Date, who: SQL): SQL {
  const at = sql`${now.toISOString()}::timestamptz`
  return sql`
    insert into notices (person_id, kind, channel_id, question_id, subject_id, because, added_at, mail_due_at)
    select who.person_id, ${kind}, who.channel_id, who.question_id, who.subject_id, who.because, ${at}, ${mailDue(kind, at)}
    from (${who}) as who
    left join pace_settings ps on ps.person_id = who.person_id and ps.kind = ${paceKindOf[kind] ?? ''}
    left join mail_pauses mp on mp.person_id = who.person_id and mp.until > ${at}
    on conflict (person_id, kind, subject_id) do nothing
    returning person_id, question_id`
}

/** Each pace is worked out once for the statement; only a pause is worked out by the row. */
function mailDue(kind: NoticeKind, at: SQL): SQL {
  const paceKind = paceKindOf[kind]
  if (!paceKind) return at
  const pace = sql`coalesce(ps.pace, ${defaultPaces[paceKind]})`
  return sql`case
    when mp.until is not null then ctx.mail_due(${pace}, mp.until)
    when ${pace} = 'at_once' then ${at}
    when ${pace} = 'bundled' then (select ctx.mail_due('bundled', ${at}))
    when ${pace} = 'daily' then (select ctx.mail_due('daily', ${at}))
    when ${pace} = 'weekly' then (select ctx.mail_due('weekly', ${at}))
  end`
}

/** Adds notices and, when there were any, the event by which the live stream and the mail hear of them. */
export async function addNotices(tx: Tx, context: Context, kind: NoticeKind, who: SQL): Promise<number> {
  const { rows } = await tx.execute<{ people: number; question_id: string | null }>(sql`
    with added as (${insertNotices(kind, context.now, who)})
    select count(*)::int as people, (array_agg(question_id))[1] as question_id from added`)
  const { people = 0, question_id: questionId = null } = rows[0] ?? {}
  if (people > 0) await record(tx, context, { type: 'notices.added', channelId: channelOf(context), questionId })
  return people
}

const channelOf = ({ actor }: Context) => (actor.kind === 'system' ? actor.channelId : plazaId)
