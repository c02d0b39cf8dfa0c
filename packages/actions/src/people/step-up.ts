import type { Tx } from '@meedenk/db/connection'
import { sessions, totpSecrets } from '@meedenk/db/schema'
import { atTheDoor } from '@meedenk/db/tenancy'
import type { Person } from '@meedenk/domain/actor'
import { ProductError } from '@meedenk/domain/errors'
import type { StepUp } from '@meedenk/domain/people/sign-in-schemas'
import { and, eq, isNotNull } from 'drizzle-orm'
import type { z } from 'zod'
import { asPerson } from '../context.ts'
import { forgive, type Limit, throttle } from '../throttle.ts'
import { checkPasskey } from './check-passkey.ts'
import { checkTotp } from './check-totp.ts'
import { takeRecoveryCode } from './make-recovery-codes.ts'
import { type DoorContext, type NewSession, startSession } from './start-session.ts'

const perPerson: Limit = { name: 'step-up', free: 5, baseSeconds: 5, mostSeconds: 300, windowSeconds: 3600 }

/** Proves once more, and strongly, who this is. The session goes on under a new id, until the same day. */
export async function stepUp(context: DoorContext, input: z.output<typeof StepUp>): Promise<NewSession> {
  const { db, actor, now } = asPerson(context)
  await throttle(db, now, [[perPerson, actor.personId]])
  if (input.method === 'passkey') {
    const owner = await checkPasskey(context, 'step_up', input)
    if (owner !== actor.personId) throw new ProductError('passkey_refused')
  }
  return atTheDoor(db, actor, async (tx) => {
    const [session] = await tx
      .select()
      .from(sessions)
      .where(and(eq(sessions.id, actor.sessionId), eq(sessions.personId, actor.personId)))
      .for('update')
    if (!session || session.revokedAt) throw new ProductError('session_revoked')
    if (input.method !== 'passkey') await proveByCode(tx, context, actor, input)
    await forgive(tx, perPerson, actor.personId)
    return startSession(tx, context, {
      personId: actor.personId,
      level: 2,
      method: input.method,
      keepUntil: session.expiresAt,
    })
  })
}

type ByCode = Exclude<z.output<typeof StepUp>, { method: 'passkey' }>

async function proveByCode(
  tx: Tx,
  { secret, now }: DoorContext,
  { personId }: Person,
  { method, code }: ByCode,
): Promise<void> {
  const confirmed = and(eq(totpSecrets.personId, personId), isNotNull(totpSecrets.confirmedAt))
  const [set] = await tx.select({ personId: totpSecrets.personId }).from(totpSecrets).where(confirmed)
  if (!set) throw new ProductError('totp_not_set')
  const isRight =
    method === 'totp'
      ? checkTotp(tx, secret, personId, code.replace(/\s/g, ''), now)
      : takeRecoveryCode(tx, secret, personId, code, now)
  if (!(await isRight)) throw new ProductError('totp_wrong')
}
