import type { Tx } from '@meedenk/db/connection'
import { atTheDoor } from '@meedenk/db/tenancy'
import { visitor } from '@meedenk/domain/actor'
import { type ErrorCode, ProductError } from '@meedenk/domain/errors'
import { sql } from 'drizzle-orm'
import { record } from '../context.ts'
import { refreshSuccessor, sha256 } from './sign-in-secrets.ts'
import { type DoorContext, inTheNameOf, type NewSession, revoke } from './start-session.ts'

/** Two tabs, or a lost answer, may bring the same token twice; later than this it is somebody else. */
const graceSeconds = 20

type Row = { session_id: string; person_id: string; level: 1 | 2; proven_at: string; expires_at: string }
type Spent = Row & { used_at: string | null; revoked_at: string | null; state: string }
type Outcome = { session: NewSession } | { refused: ErrorCode; ended?: string }

/** Prolongs a session: the refresh token is traded for the next. One that was traded before means theft, and the session ends. */
export async function refreshSession(context: DoorContext, token: string | undefined): Promise<NewSession> {
  if (!token) throw new ProductError('sign_in_required')
  const outcome = await atTheDoor(context.db, visitor, async (tx): Promise<Outcome> => {
    const next = refreshSuccessor(context.secret, token)
    const row = (await rotate(tx, context.now, token, next)) ?? null
    return row ? { session: sessionOf(row, next) } : whyNotRotated(tx, context, token, next)
  })
  // Refused only now, because the end of a stolen session must stay.
  if ('refused' in outcome) throw new ProductError(outcome.refused)
  return outcome.session
}

/** One statement, so that of twenty at once exactly one rotates. */
async function rotate(tx: Tx, now: Date, token: string, next: string): Promise<Row | undefined> {
  const at = sql`${now.toISOString()}::timestamptz`
  const { rows } = await tx.execute<Row>(sql`
    with used as (
      update refresh_tokens t set used_at = ${at}
      from sessions s join people p on p.id = s.person_id
      where t.hash = ${sha256(token)} and t.used_at is null
        and s.id = t.session_id and s.revoked_at is null and s.expires_at > ${at} and p.state <> 'stopped'
      returning t.session_id
    ), following as (
      insert into refresh_tokens (hash, session_id, issued_at) select ${sha256(next)}, session_id, ${at} from used
    )
    update sessions s set last_used_at = ${at} from used where s.id = used.session_id
    returning s.id as session_id, s.person_id, s.level, s.proven_at, s.expires_at`)
  return rows[0]
}

async function whyNotRotated(tx: Tx, context: DoorContext, token: string, next: string): Promise<Outcome> {
  const { now } = context
  const { rows } = await tx.execute<Spent>(sql`
    select s.id as session_id, s.person_id, s.level, s.proven_at, s.expires_at, s.revoked_at, t.used_at, p.state
    from refresh_tokens t join sessions s on s.id = t.session_id join people p on p.id = s.person_id
    where t.hash = ${sha256(token)}`)
  const [row] = rows
  if (!row) return { refused: 'sign_in_required' }
  if (row.revoked_at || row.state === 'stopped') return { refused: 'session_revoked' }
  if (new Date(row.expires_at) <= now || !row.used_at) return { refused: 'session_expired' }
  if (now.getTime() - new Date(row.used_at).getTime() <= graceSeconds * 1000) return { session: sessionOf(row, next) }
  await revoke(tx, row.session_id, now, 'theft')
  await record(tx, inTheNameOf(context, row.person_id, row.session_id), {
    type: 'session.theft_suspected',
    subjectId: row.session_id,
  })
  return { refused: 'session_revoked', ended: row.session_id }
}

function sessionOf(row: Row, refreshToken: string): NewSession {
  return {
    sessionId: row.session_id,
    personId: row.person_id,
    level: row.level,
    provenAt: new Date(row.proven_at),
    expiresAt: new Date(row.expires_at),
    refreshToken,
    replaced: null,
  }
}
