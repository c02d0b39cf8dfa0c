import { refreshTokens, sessions } from '@meedenk/db/schema'
import { actAs, atTheDoor } from '@meedenk/db/tenancy'
import { visitor } from '@meedenk/domain/actor'
import { ProductError } from '@meedenk/domain/errors'
import { and, eq, isNull, ne } from 'drizzle-orm'
import { asPerson, type Context, record } from '../context.ts'
import { sha256 } from './sign-in-secrets.ts'
import { inTheNameOf, revoke } from './start-session.ts'

/** Ends one of one's own sessions, on this device or another. */
export function endSession(context: Context, sessionId: string): Promise<void> {
  const { db, actor, now } = asPerson(context)
  return actAs(db, actor, async (tx) => {
    const mine = await tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(eq(sessions.id, sessionId), eq(sessions.personId, actor.personId)))
    if (mine.length === 0) throw new ProductError('not_found')
    if (await revoke(tx, sessionId, now, 'ended'))
      await record(tx, context, { type: 'session.revoked', subjectId: sessionId })
  })
}

/** Ends all sessions of this person but the one that asks; gives back which. */
export function endOtherSessions(context: Context): Promise<string[]> {
  const { db, actor, now } = asPerson(context)
  return actAs(db, actor, async (tx) => {
    const ended = await tx
      .update(sessions)
      .set({ revokedAt: now, revokedBecause: 'ended' })
      .where(and(eq(sessions.personId, actor.personId), ne(sessions.id, actor.sessionId), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id })
    for (const { id } of ended) await record(tx, context, { type: 'session.revoked', subjectId: id })
    return ended.map(({ id }) => id)
  })
}

/** Signs out: ends the session of the access token or, when that has expired, of the refresh token. */
export function signOut(context: Context, refreshToken: string | undefined): Promise<string | null> {
  const { db, actor, now } = context
  return atTheDoor(db, actor.kind === 'person' ? actor : visitor, async (tx) => {
    const found = await tx
      .select({ id: sessions.id, personId: sessions.personId })
      .from(sessions)
      .leftJoin(refreshTokens, eq(refreshTokens.sessionId, sessions.id))
      .where(
        actor.kind === 'person' ? eq(sessions.id, actor.sessionId) : eq(refreshTokens.hash, sha256(refreshToken ?? '')),
      )
      .limit(1)
    const [session] = found
    if (!session) return null
    const ended = await revoke(tx, session.id, now, 'signed_out')
    if (ended)
      await record(tx, inTheNameOf(context, session.personId, session.id), {
        type: 'session.revoked',
        subjectId: session.id,
      })
    return session.id
  })
}
