import type { Db } from '@meedenk/db/connection'
import { readPublic } from '@meedenk/db/tenancy'
import type { EventType } from '@meedenk/domain/events'

/** A place in the order of commits, as the id of a signal: `xid-id`. */
export type Cursor = { xid: string; id: string }
export type Signalled = Cursor & { type: EventType; questionId: string | null; isVisible: boolean; happenedAt: Date }

const first = '00000000-0000-0000-0000-000000000000'
const shape = /^(\d{1,20})-([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/

export const textOfCursor = ({ xid, id }: Cursor): string => `${xid}-${id}`

/** The cursor of a `Last-Event-ID`; null when it is none of ours. */
export function cursorOfText(text: string): Cursor | null {
  const [, xid, id] = shape.exec(text) ?? []
  return xid && id && BigInt(xid) < 2n ** 63n ? { xid, id } : null
}

/** When the event of a cursor was made: its id begins with the moment. */
export const momentOfCursor = ({ id }: Cursor): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

const horizon = { name: 'signal-horizon', text: 'select pg_snapshot_xmin(pg_current_snapshot())::text as xid' }

/** The place after everything that is committed now. */
export async function readHorizon(db: Db): Promise<Cursor> {
  const [row] = await readPublic<{ xid: string }>(db, horizon, [])
  return { xid: row?.xid ?? '0', id: first }
}

const columns = `e.xid::text as xid, e.id, e.type, e.question_id as "questionId", e.happened_at as "happenedAt", q.id is not null as "isVisible"`
const since = {
  name: 'signals-since',
  text: `select h.xid as horizon, s.* from (select pg_snapshot_xmin(pg_current_snapshot()) as xid) h
    left join lateral (
      select ${columns} from events e
      left join questions q on q.id = e.question_id and q.hidden_at is null and q.withdrawn_at is null
      where (e.xid, e.id) > ($1::xid8, $2::uuid) and e.xid < h.xid
      order by e.xid, e.id limit $3) s on true`,
}

/** What happened on the plaza after a cursor, as everybody may know it, and the cursor to go on from. */
export async function readSignals(
  db: Db,
  after: Cursor,
  most: number,
): Promise<{ signals: Signalled[]; next: Cursor }> {
  const rows = await readPublic<{ horizon: string } & Partial<Signalled>>(db, since, [after.xid, after.id, most])
  const signals = rows.filter((row): row is { horizon: string } & Signalled => row.id != null)
  const last = signals.at(-1)
  // All below the horizon was read, so what others may not know need not be passed again.
  if (signals.length < most || !last) return { signals, next: { xid: rows[0]?.horizon ?? after.xid, id: first } }
  return { signals, next: { xid: last.xid, id: last.id } }
}

const missed = {
  name: 'signals-missed',
  text: `select ${columns} from events e
    join questions q on q.id = e.question_id and q.hidden_at is null and q.withdrawn_at is null
    where e.question_id = $1 and (e.xid, e.id) > ($2::xid8, $3::uuid) and (e.xid, e.id) <= ($4::xid8, $5::uuid)
    order by e.xid, e.id limit $6`,
}

/** What happened to one question between two cursors. */
export function readMissed(
  db: Db,
  questionId: string,
  after: Cursor,
  upTo: Cursor,
  most: number,
): Promise<Signalled[]> {
  return readPublic<Signalled>(db, missed, [questionId, after.xid, after.id, upTo.xid, upTo.id, most])
}

const noticed = { name: 'signals-noticed', text: 'select person_id as "personId" from ctx.noticed($1::uuid[], $2)' }

/** Which of these people got something new since a moment. */
export async function findNoticed(db: Db, people: string[], from: Date): Promise<string[]> {
  const rows = await readPublic<{ personId: string }>(db, noticed, [people, from])
  return rows.map(({ personId }) => personId)
}

const visible = {
  name: 'question-visible',
  text: 'select 1 from questions where id = $1 and hidden_at is null and withdrawn_at is null',
}

/** Whether everybody may see this question. */
export async function isPublicQuestion(db: Db, questionId: string): Promise<boolean> {
  return (await readPublic(db, visible, [questionId])).length > 0
}
