import { accounts, recoveryCodes, totpSecrets } from '@meedenk/db/schema'
import { atTheDoor } from '@meedenk/db/tenancy'
import { ProductError } from '@meedenk/domain/errors'
import type { TotpStarted } from '@meedenk/domain/people/sign-in-schemas'
import { eq } from 'drizzle-orm'
import { Secret } from 'otpauth'
import type { z } from 'zod'
import { asPerson, one, record } from '../context.ts'
import { seal } from '../seal.ts'
import { type Limit, throttle } from '../throttle.ts'
import { checkProof } from './check-proof.ts'
import { checkTotp, totpOf } from './check-totp.ts'
import { makeRecoveryCodes } from './make-recovery-codes.ts'
import { type DoorContext, type NewSession, startSession } from './start-session.ts'

const perPerson: Limit = { name: 'totp-confirm', free: 5, baseSeconds: 5, mostSeconds: 300, windowSeconds: 3600 }
const secretBytes = 20

/** Begins with an app with codes. Nothing changes until a code of it was entered. */
export function startTotp(context: DoorContext): Promise<z.output<typeof TotpStarted>> {
  const person = asPerson(context)
  const { db, actor } = person
  return atTheDoor(db, actor, async (tx) => {
    const { totp } = await checkProof(tx, person)
    if (totp) throw new ProductError('totp_already_set')
    const account = tx.select({ email: accounts.email }).from(accounts).where(eq(accounts.personId, actor.personId))
    const secret = new Secret({ size: secretBytes })
    const values = { secretSealed: seal(context.secret, secret.base32), confirmedAt: null, lastStep: null }
    await tx
      .insert(totpSecrets)
      .values({ personId: actor.personId, ...values })
      .onConflictDoUpdate({ target: totpSecrets.personId, set: values })
    return { secret: secret.base32, uri: totpOf(secret, one(await account).email).toString() }
  })
}

/** Confirms the app with a first code, which is a proof as well: the session that goes on is a strong one. */
export async function setTotp(context: DoorContext, code: string): Promise<{ codes: string[]; session: NewSession }> {
  const person = asPerson(context)
  const { db, actor, now, secret } = { ...context, ...person }
  await throttle(db, now, [[perPerson, actor.personId]])
  return atTheDoor(db, actor, async (tx) => {
    const { totp, sessionExpiresAt } = await checkProof(tx, person)
    if (totp) throw new ProductError('totp_already_set')
    const [started] = await tx
      .select({ personId: totpSecrets.personId })
      .from(totpSecrets)
      .where(eq(totpSecrets.personId, actor.personId))
      .for('update')
    if (!started) throw new ProductError('totp_not_set')
    if (!(await checkTotp(tx, secret, actor.personId, code, now))) throw new ProductError('totp_wrong')
    await tx.update(totpSecrets).set({ confirmedAt: now }).where(eq(totpSecrets.personId, actor.personId))
    const codes = await makeRecoveryCodes(tx, secret, actor.personId)
    await record(tx, context, { type: 'totp.set', subjectId: actor.personId })
    const session = await startSession(tx, context, {
      personId: actor.personId,
      level: 2,
      method: 'totp',
      keepUntil: sessionExpiresAt,
    })
    return { codes, session }
  })
}

/** Stops with the app and its recovery codes. */
export function removeTotp(context: DoorContext): Promise<void> {
  const person = asPerson(context)
  const { db, actor } = person
  return atTheDoor(db, actor, async (tx) => {
    const { totp } = await checkProof(tx, person)
    if (!totp) throw new ProductError('totp_not_set')
    await tx.delete(totpSecrets).where(eq(totpSecrets.personId, actor.personId))
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.personId, actor.personId))
    await record(tx, context, { type: 'totp.removed', subjectId: actor.personId })
  })
}

/** Makes new recovery codes; the earlier ones stop working. */
export function renewRecoveryCodes(context: DoorContext): Promise<string[]> {
  const person = asPerson(context)
  const { db, actor } = person
  return atTheDoor(db, actor, async (tx) => {
    const { totp } = await checkProof(tx, person)
    if (!totp) throw new ProductError('totp_not_set')
    return makeRecoveryCodes(tx, context.secret, actor.personId)
  })
}
