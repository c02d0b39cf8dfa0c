import type { Actor, Person, System, Visitor } from '@meedenk/domain/actor'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { sql } from 'drizzle-orm'
import type pg from 'pg'
import { type Db, type Tx, withSchema } from './connection.ts'

const enter = { name: 'enter', text: 'select ctx.enter($1::uuid, $2::text, $3::uuid)' }

/** The only door to rows: one transaction inside the walls of the actor. Commits when `work` resolves, rolls back when it throws. */
export function actAs<Result>(db: Db, actor: Actor, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  if (actor.kind === 'system') return within(db, [actor.personId ?? null, actor.job, actor.channelId], work)
  return within(db, [actor.kind === 'person' ? actor.personId : null, null, null], work)
}

/** Sign-in and sessions: before anybody is known, or for one person's own factors. Only the people room may use it. */
export function atTheDoor<Result>(db: Db, actor: Person | Visitor, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return within(db, [actor.kind === 'person' ? actor.personId : null, 'door', plazaId], work)
}

/** Goes on within the walls of another channel, in the same transaction: for a job about one person in all of them. */
export async function goOnAs(tx: Tx, { personId, job, channelId }: System): Promise<void> {
  await tx.execute(sql`select ctx.enter(${personId ?? null}::uuid, ${job}::text, ${channelId}::uuid)`)
}

/**
 * One prepared read of the public plaza as a visitor: no context, so one statement is the whole round trip.
 * The policies see nobody and show only what everybody may read.
 */
export async function readPublic<Row extends pg.QueryResultRow>(
  db: Db,
  query: { name: string; text: string },
  values: unknown[],
): Promise<Row[]> {
  const result = await db.pool.query<Row>({ ...query, values })
  return result.rows
}

async function within<Result>(db: Db, context: (string | null)[], work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const client = await db.pool.connect()
  let broken = false
  try {
    // Sent without waiting for each other: the context travels with the begin.
    await Promise.all([client.query('begin'), client.query({ ...enter, values: context })])
    const result = await work(withSchema(client))
    await client.query('commit')
    return result
  } catch (error) {
    // A connection that cannot roll back is not given to the next request.
    await client.query('rollback').catch(() => (broken = true))
    throw error
  } finally {
    client.release(broken)
  }
}
