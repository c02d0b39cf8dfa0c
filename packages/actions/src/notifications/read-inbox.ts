import { actAs } from '@meedenk/db/tenancy'
import { groupOfKind, handledStates } from '@meedenk/domain/notifications/rules'
import type { InboxQuery } from '@meedenk/domain/notifications/schemas'
import { type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { asPerson, type Context } from '../context.ts'
import { cursorOf, placeOf } from '../questions/cursor.ts'

type Reading = z.output<typeof InboxQuery> & { locale: 'nl' | 'en' }
const pageSize = 30

/**
 * A page of one's inbox, newest first, as the JSON of InboxPage: without a group all that waits, what was handled in `history`.
 * What was put off stays away until its moment, and what may no longer be seen is not there. Reading marks nothing.
 */
export async function readInbox(context: Context, query: Reading): Promise<string> {
  const { db, actor, now } = asPerson(context)
  const place = placeOf(query.after)
  const limit = query.limit ?? pageSize
  const at = sql`${now.toISOString()}::timestamptz`
  const { rows } = await actAs(db, actor, (tx) =>
    tx.execute<{ unread: number; items: { json: object; at: string; id: string }[] }>(sql`
      select
        (select count(*)::int from notices where person_id = ${actor.personId} and state = 'new') as unread,
        coalesce((select json_agg(json_build_object('json', page.json, 'at', page.added_at, 'id', page.id)) from (
          select n.id, n.added_at, ${noticeJson(query.locale)} as json
          from notices n
          left join questions q on q.channel_id = n.channel_id and q.id = n.question_id
          where n.person_id = ${actor.personId} and ${inGroup(query.group)} and ${query.kind ? sql`n.kind = ${query.kind}` : sql`true`}
            and (n.until is null or n.until <= ${at} or n.state <> 'later')
            and (n.question_id is null or q.id is not null or n.kind in ('post_decided', 'report_decided'))
            and ${place ? sql`(n.added_at, n.id) < (${place.at}::timestamptz, ${place.id}::uuid)` : sql`true`}
          order by n.added_at desc, n.id desc limit ${limit + 1}) page), '[]') as items`),
  )
  const { unread = 0, items = [] } = rows[0] ?? {}
  const shown = items.slice(0, limit)
  const last = shown.at(-1)
  const next = items.length > limit && last ? cursorOf(last) : null
  return JSON.stringify({ items: shown.map(({ json }) => json), next, unread })
}

/** One notice as the JSON of NoticeView; undefined when it is not one's own. */
export async function readNotice(context: Context, noticeId: string, locale: 'nl' | 'en'): Promise<string | undefined> {
  const { db, actor } = asPerson(context)
  const { rows } = await actAs(db, actor, (tx) =>
    tx.execute<{ json: string }>(sql`
      select ${noticeJson(locale)}::text as json from notices n
      left join questions q on q.channel_id = n.channel_id and q.id = n.question_id
      where n.person_id = ${actor.personId} and n.id = ${noticeId}`),
  )
  return rows[0]?.json
}

const handled = sql.raw(handledStates.map((state) => `'${state}'`).join(', '))
const kindsIn = (group: string) =>
  sql.raw(
    Object.entries(groupOfKind)
      .filter(([, of]) => of === group)
      .map(([kind]) => `'${kind}'`)
      .join(', '),
  )

function inGroup(group: z.output<typeof InboxQuery>['group']): SQL {
  if (group === 'history') return sql`n.state in (${handled})`
  return group ? sql`n.state not in (${handled}) and n.kind in (${kindsIn(group)})` : sql`n.state not in (${handled})`
}

const groupName = sql`case when n.state in (${handled}) then 'history' when n.kind in (${kindsIn('think_along')}) then 'think_along'
  when n.kind in (${kindsIn('look_back')}) then 'look_back' else 'for_you' end`

/** Theme names for a question to think along with, the reason for a decision, else what the worker wrote. */
const because = (locale: 'nl' | 'en') => sql`case
  when n.kind in (${kindsIn('think_along')}) then (
    select string_agg(${locale === 'nl' ? sql`t.name` : sql`t.name_en`}, ', ' order by t.position, t.name)
    from question_themes qt join themes t on t.id = qt.theme_id
    where qt.question_id = q.id and (n.kind <> 'question_routed' or t.slug = any (string_to_array(n.because, ' '))))
  when n.kind = 'yield_asked' then null
  when n.kind in ('post_decided', 'report_decided') and n.because ~ '^[0-9a-f-]{36}$' then ctx.reason_told(n.because::uuid)
  else n.because end`

const noticeJson = (locale: 'nl' | 'en') => sql`json_build_object(
  'id', n.id, 'kind', n.kind, 'group', ${groupName}, 'state', n.state, 'at', n.added_at, 'until', n.until,
  'question', case when q.id is not null then json_build_object('id', q.id, 'number', q.number, 'slug', q.slug, 'title', q.title, 'answers', q.answer_count) end,
  'subjectId', n.subject_id, 'because', ${because(locale)})`
