import type { Tx } from '@meedenk/db/connection'
import { actAs } from '@meedenk/db/tenancy'
import { ensure, ProductError } from '@meedenk/domain/errors'
import { mayModerate } from '@meedenk/domain/moderation/rules'
import type { ReportQuery } from '@meedenk/domain/moderation/schemas'
import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '../context.ts'

const perPage = 20

/** One report with its post in context, as the JSON of ReportView. */
export function readReport(context: Context, id: string): Promise<string> {
  ensure(mayModerate(context.actor))
  return actAs(context.db, context.actor, (tx) => readReportJson(tx, id))
}

/** The same, inside a transaction that has already opened the walls. */
export async function readReportJson(tx: Tx, id: string): Promise<string> {
  const { rows } = await tx.execute<{ json: string }>(
    sql`select ${report}::text as json from reports r ${joins} where r.id = ${id}::uuid`,
  )
  const [row] = rows
  if (!row) throw new ProductError('not_found')
  return row.json
}

/** The queue: open reports by the hour they are due, then the decided ones, newest first; as the JSON of ReportPage. */
export function listReports(context: Context, query: ReportQuery): Promise<string> {
  ensure(mayModerate(context.actor))
  const limit = query.limit ?? perPage
  const cursor = readCursor(query.after)
  const page = sql`
    with found as ((${openReports(query, cursor, limit)}) union all (${decidedReports(query, cursor, limit)})),
    page as (select f.*, row_number() over (order by part, n) as line from found f order by part, n limit ${limit + 1})
    select ${report}::text as json, p.part || '|' || (to_json(p.at) #>> '{}') || '|' || p.id as cursor
    from page p join reports r on r.id = p.id ${joins} order by p.line`
  return actAs(context.db, context.actor, async (tx) => {
    const { rows } = await tx.execute<{ json: string; cursor: string }>(page)
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    const next = rows.length > limit && last ? Buffer.from(last.cursor).toString('base64url') : null
    return `{"items":[${items.map((row) => row.json).join(',')}],"next":${JSON.stringify(next)}}`
  })
}

type Cursor = { part: 'open' | 'decided'; at: string; id: string }

function openReports(query: ReportQuery, cursor: Cursor | null, limit: number): SQL {
  const from =
    cursor?.part === 'open' ? sql`(r.due_at, r.id) > (${cursor.at}::timestamptz, ${cursor.id}::uuid)` : sql`true`
  const wanted = query.open === 'false' || cursor?.part === 'decided' ? sql`false` : from
  return sql`select 0 as part, row_number() over (order by r.due_at, r.id) as n, r.due_at as at, r.id
    from reports r where r.decided_at is null and ${wanted} order by r.due_at, r.id limit ${limit + 1}`
}

function decidedReports(query: ReportQuery, cursor: Cursor | null, limit: number): SQL {
  const from =
    cursor?.part === 'decided'
      ? sql`(r.reported_at, r.id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`
      : sql`true`
  const wanted = query.open === 'true' ? sql`false` : from
  return sql`select 1 as part, row_number() over (order by r.reported_at desc, r.id desc) as n, r.reported_at as at, r.id
    from reports r where r.decided_at is not null and ${wanted} order by r.reported_at desc, r.id desc limit ${limit + 1}`
}

const cursorShape =
  /^([01])\|(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?[+]00:00)\|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

function readCursor(after: string | undefined): Cursor | null {
  if (after === undefined) return null
  const [, part, at, id] = cursorShape.exec(Buffer.from(after, 'base64url').toString()) ?? []
  if (!part || !at || !id || Number.isNaN(Date.parse(at))) throw new ProductError('invalid_cursor')
  return { part: part === '0' ? 'open' : 'decided', at, id }
}

const joins = sql`
  left join questions q on q.id = case r.subject_kind when 'question' then r.subject_id else (select a.question_id from answers a where a.id = r.subject_id) end
  left join answers a on r.subject_kind = 'answer' and a.id = r.subject_id
  left join people author on author.id = case r.subject_kind when 'question' then q.author_id else a.author_id end
  left join people reporter on reporter.id = r.reporter_id
  left join lateral (select d.* from moderation_decisions d where d.report_id = r.id order by d.decided_at desc limit 1) d on true
  left join people decider on decider.id = d.decided_by`

const report = sql`json_build_object(
  'id', r.id, 'number', r.number, 'subjectKind', r.subject_kind, 'subjectId', r.subject_id, 'reason', r.reason, 'explanation', r.explanation,
  'reporter', case when coalesce(reporter.name, r.reporter_name, r.reporter_email) is not null
    then json_build_object('name', coalesce(reporter.name, r.reporter_name), 'email', r.reporter_email) end,
  'reportedAt', r.reported_at, 'dueAt', r.due_at,
  'subject', case when q.id is not null and (r.subject_kind = 'question' or a.id is not null) then json_build_object(
    'questionNumber', q.number, 'questionSlug', q.slug, 'questionTitle', q.title,
    'body', case r.subject_kind when 'question' then q.body else a.body end,
    'postedAt', case r.subject_kind when 'question' then q.asked_at else a.posted_at end,
    'anonymous', case r.subject_kind when 'question' then q.author_id else a.author_id end is null,
    'authorName', author.name,
    'hidden', case r.subject_kind when 'question' then q.hidden_at else a.hidden_at end is not null) end,
  'decision', case when d.id is not null then json_build_object('decision', d.decision, 'reason', d.reason, 'decidedAt', d.decided_at, 'decidedBy', decider.name) end)`
