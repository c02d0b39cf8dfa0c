import type { Tx } from '@meedenk/db/connection'
import { refreshTokens, sessions } from '@meedenk/db/schema'
import type { Person, SessionLevel, Visitor } from '@meedenk/domain/actor'
import { visitor } from '@meedenk/domain/actor'
import { and, eq, isNull } from 'drizzle-orm'
import { type Context, one, record } from '../context.ts'
import { randomSecret, sha256 } from './sign-in-secrets.ts'

/** What the actions at the door know besides: the secret of the house, and where the asker comes from. */
export type DoorContext = Context & {
  secret: string
  /** The public address of the product; passkeys belong to its host. */
  origin: string
  network: string
  device: string
}

/** A session as the edge hands it out: the refresh token exists nowhere else in the clear. */
export type NewSession = {
  sessionId: string
  personId: string
  level: SessionLevel
  provenAt: Date
  expiresAt: Date
  refreshToken: string
  /** The session that ended because this one took its place. */
  replaced: string | null
}

export type SignInMethod = 'mail' | 'password' | 'passkey' | 'totp' | 'recovery'
type Start = { personId: string; level: SessionLevel; method: SignInMethod; keepUntil?: Date; firstTime?: boolean }

const daysValid = 30

/** A person or a visitor; nobody else comes to the door. */
export function whoIsAtTheDoor({ actor }: Context): Person | Visitor {
  return actor.kind === 'person' ? actor : visitor
}

/** The same context, in the name of who has just proven to be this person. */
export function inTheNameOf<C extends Context>(context: C, personId: string, sessionId: string): C {
  const actor: Person = { kind: 'person', personId, sessionId, level: 1, platformRole: 'member', state: 'active' }
  return { ...context, actor }
}

/** Starts a session with a new id, whatever the browser had before, which ends. Every way in comes through here. */
export async function startSession(tx: Tx, context: DoorContext, start: Start): Promise<NewSession> {
  const { actor, now, device } = context
  const { personId, level, method } = start
  const replaced = actor.kind === 'person' ? actor.sessionId : null
  const earlier = await tx
    .select({ device: sessions.device })
    .from(sessions)
    .where(and(eq(sessions.personId, personId), eq(sessions.device, device)))
    .limit(1)
  if (replaced) await revoke(tx, replaced, now, 'replaced')
  const expiresAt = start.keepUntil ?? new Date(now.getTime() + daysValid * 86_400_000)
  const values = {
    personId,
    device,
    level,
    methods: [method],
    startedAt: now,
    lastUsedAt: now,
    provenAt: now,
    expiresAt,
  }
  const { id: sessionId } = one(await tx.insert(sessions).values(values).returning({ id: sessions.id }))
  const refreshToken = randomSecret()
  await tx.insert(refreshTokens).values({ hash: sha256(refreshToken), sessionId, issuedAt: now })
  await record(tx, inTheNameOf(context, personId, sessionId), {
    type: 'session.started',
    subjectId: sessionId,
    facts: { method, level, newDevice: earlier.length === 0 && !start.firstTime },
  })
  return { sessionId, personId, level, provenAt: now, expiresAt, refreshToken, replaced }
}

type Because = 'signed_out' | 'ended' | 'replaced' | 'theft'

/** Ends one session, if it had not ended before. Says whether it did. */
export async function revoke(tx: Tx, sessionId: string, now: Date, because: Because): Promise<boolean> {
  const ended = await tx
    .update(sessions)
    .set({ revokedAt: now, revokedBecause: because })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id })
  return ended.length > 0
}
