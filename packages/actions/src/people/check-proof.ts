import type { Tx } from '@meedenk/db/connection'
import type { Person } from '@meedenk/domain/actor'
import { ensure, ProductError } from '@meedenk/domain/errors'
import { type Factors, mayChangeSignIn } from '@meedenk/domain/people/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../context.ts'

type Row = {
  level: 1 | 2
  proven_at: string
  revoked_at: string | null
  expires_at: string
  passkeys: number
  totp: boolean
}

/**
 * Refuses to change the ways in without a fresh proof. Read from the session itself, not from the token,
 * so a session that just ended changes nothing any more.
 */
export async function checkProof(
  tx: Tx,
  { actor, now }: Context<Person>,
): Promise<Factors & { sessionExpiresAt: Date }> {
  const { rows } = await tx.execute<Row>(sql`
    select s.level, s.proven_at, s.revoked_at, s.expires_at,
      (select count(*)::int from passkeys k where k.person_id = s.person_id) as passkeys,
      exists (select from totp_secrets t where t.person_id = s.person_id and t.confirmed_at is not null) as totp
    from sessions s where s.id = ${actor.sessionId} and s.person_id = ${actor.personId}`)
  const [row] = rows
  if (!row || row.revoked_at) throw new ProductError('session_revoked')
  const factors = { passkeys: row.passkeys, totp: row.totp }
  ensure(mayChangeSignIn({ level: row.level, provenAt: new Date(row.proven_at) }, factors, now))
  return { ...factors, sessionExpiresAt: new Date(row.expires_at) }
}
