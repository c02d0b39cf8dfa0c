import type { Db, Tx } from '@meedenk/db/connection'
import { actAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import { plazaId } from '@meedenk/domain/channels/schemas'
import type { EventType } from '@meedenk/domain/events'
import { sql } from 'drizzle-orm'

/** What a job may know of an event: ids, never content. */
export type OutboxEvent = {
  eventId: string
  type: EventType
  channelId: string
  actorId: string | null
  subjectId: string | null
  questionId: string | null
}

const relay: System = { kind: 'system', job: 'relay', channelId: plazaId }
/** Everybody who listens for signals listens here. */
export const signalChannel = 'meedenk_signals'

const eventColumns = sql`id as "eventId", type, channel_id as "channelId", actor_id as "actorId", subject_id as "subjectId", question_id as "questionId"`

/**
 * Hands the events after the cursor to `deliver` and moves the cursor in the same transaction; returns how many there were.
 * A crash in between delivers them again. Another relay at work: null. Sends one NOTIFY a batch, with the new cursor only.
 */
export function relayEvents(
  db: Db,
  name: string,
  batchMax: number,
  deliver: (events: OutboxEvent[]) => Promise<void>,
): Promise<number | null> {
  return actAs(db, relay, async (tx) => {
    const cursor = await lockCursor(tx, name)
    if (!cursor) return null
    // Below the horizon every transaction has ended, so nothing can still slip in before the cursor (SECURITY 7.2).
    const { rows } = await tx.execute<OutboxEvent & { xid: string }>(sql`
      select ${eventColumns}, xid::text as xid from events
      where (xid, id) > (${cursor.xid}::xid8, ${cursor.id}::uuid) and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by xid, id limit ${batchMax}`)
    const last = rows.at(-1)
    if (!last) return 0
    await deliver(rows.map(({ xid: _, ...event }) => event))
    await tx.execute(sql`update cursors set xid = ${last.xid}::xid8, id = ${last.eventId}::uuid where name = ${name}`)
    await tx.execute(sql`select pg_notify(${signalChannel}, ${`${last.xid}-${last.eventId}`})`)
    return rows.length
  })
}

async function lockCursor(tx: Tx, name: string): Promise<{ xid: string; id: string } | undefined> {
  const find = () =>
    tx.execute<{ xid: string; id: string }>(
      sql`select xid::text as xid, id from cursors where name = ${name} for update skip locked`,
    )
  const [cursor] = (await find()).rows
  if (cursor) return cursor
  await tx.execute(
    sql`insert into cursors (name, xid, id) values (${name}, '0', '00000000-0000-0000-0000-000000000000') on conflict do nothing`,
  )
  return (await find()).rows[0]
}

/** Events between two ages that miss the mark of one of their jobs, so that losing every queue loses nothing. */
export async function findForgotten(
  db: Db,
  now: Date,
  jobsOf: ReadonlyMap<EventType, readonly string[]>,
  most: number,
): Promise<{ event: OutboxEvent; job: string }[]> {
  const pairs = [...jobsOf].flatMap(([type, jobs]) => jobs.map((job) => ({ type, job })))
  return actAs(db, relay, async (tx) => {
    const { rows } = await tx.execute<OutboxEvent & { job: string }>(sql`
      select ${eventColumns}, expected.job from events
      join jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as expected (type text, job text) using (type)
      where happened_at < ${seconds(now, -60)}::timestamptz and happened_at > ${seconds(now, -2 * 86_400)}::timestamptz
        and channel_id = any (array(select c.id from channels c))
        and not exists (select from processed_jobs p where p.event_id = events.id and p.job = expected.job)
      order by happened_at limit ${most}`)
    return rows.map(({ job, ...event }) => ({ event, job }))
  })
}

/** Claims a round of regular work; false when it ran less than `everyMs` ago, here or in another worker. */
export function claimRound(db: Db, name: string, now: Date, everyMs: number): Promise<boolean> {
  return actAs(db, relay, async (tx) => {
    const { rowCount } = await tx.execute(sql`
      insert into rounds (name, last_run_at, runs) values (${name}, ${now.toISOString()}::timestamptz, 1)
      on conflict (name) do update set last_run_at = excluded.last_run_at, runs = rounds.runs + 1
        where rounds.last_run_at <= ${new Date(now.getTime() - everyMs).toISOString()}::timestamptz or rounds.last_run_at > ${seconds(now, 3600)}::timestamptz`)
    return rowCount === 1
  })
}

const seconds = (now: Date, more: number) => new Date(now.getTime() + more * 1000).toISOString()
