import { createHash } from 'node:crypto'
import type { Db, Tx } from '@meedenk/db/connection'
import { atTheDoor } from '@meedenk/db/tenancy'
import { visitor } from '@meedenk/domain/actor'
import { ProductError } from '@meedenk/domain/errors'
import { sql } from 'drizzle-orm'

/** After `free` times each next one must wait twice as long, up to `mostSeconds`; a quiet `windowSeconds` forgets all. */
export type Limit = { name: string; free: number; baseSeconds: number; mostSeconds: number; windowSeconds: number }

/** How long to wait after the last of this many times. */
export function delaySeconds(limit: Limit, hits: number): number {
  return hits < limit.free ? 0 : Math.min(limit.mostSeconds, limit.baseSeconds * 2 ** Math.min(hits - limit.free, 20))
}

/**
 * Counts one time for each of these, or refuses with how long to wait. The counters are in the database, so that all
 * processes share them. A refused time is not counted: waiting always helps, nobody is locked out.
 */
export function throttle(db: Db, now: Date, counted: [limit: Limit, who: string][]): Promise<void> {
  return atTheDoor(db, visitor, async (tx) => {
    for (const [limit, who] of counted) await countOrRefuse(tx, now, limit, who)
  })
}

/** Forgets the times of one who has now proven to belong here. */
export async function forgive(tx: Tx, limit: Limit, who: string): Promise<void> {
  await tx.execute(sql`delete from throttles where key = ${keyOf(limit, who)}`)
}

// Hashed, because a table of counters needs no mail addresses.
const keyOf = (limit: Limit, who: string) => `${limit.name}:${createHash('sha256').update(who).digest('base64url')}`

async function countOrRefuse(tx: Tx, now: Date, limit: Limit, who: string): Promise<void> {
  const key = keyOf(limit, who)
  const at = sql`${now.toISOString()}::timestamptz`
  const window = sql`make_interval(secs => ${limit.windowSeconds}::float8)`
  const delay = sql`make_interval(secs => least(${limit.mostSeconds}::float8, ${limit.baseSeconds}::float8 * power(2, least(t.hits - ${limit.free}::int, 20))))`
  const counted = await tx.execute(sql`
    insert into throttles as t (key, hits, resets_at) values (${key}, 1, ${at} + ${window})
    on conflict (key) do update set hits = case when t.resets_at <= ${at} then 1 else t.hits + 1 end, resets_at = excluded.resets_at
    where t.resets_at <= ${at} or t.hits < ${limit.free}::int or ${at} >= t.resets_at - ${window} + ${delay}
    returning t.hits`)
  if (counted.rows.length > 0) return
  const { rows } = await tx.execute<{ hits: number; resets_at: string }>(
    sql`select hits, resets_at from throttles where key = ${key}`,
  )
  const [row] = rows
  const lastAt = row ? new Date(row.resets_at).getTime() - limit.windowSeconds * 1000 : now.getTime()
  const waitMs = lastAt + delaySeconds(limit, row?.hits ?? 0) * 1000 - now.getTime()
  throw new ProductError('too_many_requests', { retryAfter: Math.max(1, Math.ceil(waitMs / 1000)) })
}
