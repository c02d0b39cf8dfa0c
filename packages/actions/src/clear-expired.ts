import { actAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import { type SQL, sql } from 'drizzle-orm'
import type { Context } from './context.ts'

/** What is kept only for a while, and until when; marks of jobs outlive the two days in which the sweeper looks for them. */
const expired = (at: SQL): SQL[] => [
  sql`delete from idempotency_keys where created_at < ${at} - interval '24 hours'`,
  sql`delete from throttles where resets_at < ${at}`,
  sql`delete from sign_in_attempts where expires_at < ${at} - interval '24 hours'`,
  sql`delete from passkey_challenges where expires_at < ${at}`,
  sql`delete from sessions where coalesce(revoked_at, expires_at) < ${at} - interval '30 days'`,
  sql`delete from processed_jobs where processed_at < ${at} - interval '7 days'`,
  sql`delete from mails where (template = 'sign_in' or person_id is null) and queued_at < ${at} - interval '7 days'`,
  sql`delete from confirmations where expires_at < ${at} - interval '24 hours'`,
  sql`delete from email_moves where undo_until < ${at} - interval '24 hours'`,
  sql`delete from exports where expires_at < ${at} or (ready_at is null and requested_at < ${at} - interval '1 day')`,
]

/** Throws away what served its time; returns how many rows went. */
export async function clearExpired({ db, actor, now }: Context<System>): Promise<number> {
  const at = sql`${now.toISOString()}::timestamptz`
  let rows = 0
  // Each by itself, so that a long one holds nothing else up.
  for (const clear of expired(at)) rows += (await actAs(db, actor, (tx) => tx.execute(clear))).rowCount ?? 0
  return rows
}
