import { randomInt, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Tx } from '@meedenk/db/connection'
import { accounts, confirmations } from '@meedenk/db/schema'
import { atTheDoor } from '@meedenk/db/tenancy'
import { ProductError } from '@meedenk/domain/errors'
import type { Confirm, ConfirmationSent } from '@meedenk/domain/people/account-schemas'
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { asPerson, one, record } from '../context.ts'
import { seal } from '../seal.ts'
import { type Limit, throttle } from '../throttle.ts'
import { checkProof } from './check-proof.ts'
import { signInSecrets } from './sign-in-secrets.ts'
import type { DoorContext } from './start-session.ts'

const perPerson: Limit = { name: 'confirm', free: 5, baseSeconds: 15, mostSeconds: 900, windowSeconds: 3600 }
const perAddress: Limit = { name: 'confirm-mail', free: 5, baseSeconds: 15, mostSeconds: 900, windowSeconds: 3600 }
const perTry: Limit = { name: 'confirm-code', free: 20, baseSeconds: 5, mostSeconds: 300, windowSeconds: 3600 }

const minutesValid = 10
const resendAfterSeconds = 20
const wrongCodesMax = 5

export type Purpose = 'change_email' | 'stop'

/**
 * Asks for a mail with a code, before something that cannot happen by accident. `address` says where it goes; whether that
 * address is somebody else's is not looked at here, so every address costs the same and gets the same answer.
 */
export async function sendConfirmation(
  context: DoorContext,
  purpose: Purpose,
  address: (own: string) => string,
): Promise<z.output<typeof ConfirmationSent>> {
  const person = asPerson(context)
  const { db, actor, now } = person
  const own = await atTheDoor(db, actor, async (tx) => {
    await checkProof(tx, person)
    return ownAddress(tx, context)
  })
  const email = address(own)
  await throttle(db, now, [
    [perPerson, actor.personId],
    [perAddress, email],
  ])
  const id = randomUUID()
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const expiresAt = new Date(now.getTime() + minutesValid * 60_000)
  await atTheDoor(db, actor, async (tx) => {
    await tx.insert(confirmations).values({
      id,
      personId: actor.personId,
      purpose,
      email,
      codeHash: signInSecrets(context.secret, id).codeHash(code),
      codeSealed: seal(context.secret, code),
      createdAt: now,
      expiresAt,
    })
    await record(tx, context, { type: 'confirmation.requested', subjectId: id })
  })
  return { confirmationId: id, expiresAt: expiresAt.toISOString(), resendAfterSeconds }
}

/** Does what was confirmed with the code, in the transaction that uses the code up. A wrong try stays counted. */
export async function withConfirmation<Result extends object>(
  context: DoorContext,
  purpose: Purpose,
  { confirmationId, code }: z.output<typeof Confirm>,
  work: (tx: Tx, email: string) => Promise<Result>,
): Promise<Result> {
  const person = asPerson(context)
  const { db, actor, now } = person
  await throttle(db, now, [[perTry, actor.personId]])
  const mine = and(
    eq(confirmations.id, confirmationId),
    eq(confirmations.personId, actor.personId),
    eq(confirmations.purpose, purpose),
  )
  const outcome = await atTheDoor(db, actor, async (tx): Promise<{ result: Result } | { left: number }> => {
    await checkProof(tx, person)
    const [sent] = await tx.select().from(confirmations).where(mine).for('update')
    if (!sent || sent.expiresAt <= now) throw new ProductError('code_expired')
    if (sent.usedAt) throw new ProductError('code_used')
    if (sent.wrongCodes >= wrongCodesMax) throw new ProductError('too_many_tries', { retryAfter: resendAfterSeconds })
    if (timingSafeEqual(signInSecrets(context.secret, confirmationId).codeHash(code), sent.codeHash)) {
      await tx.update(confirmations).set({ usedAt: now }).where(mine)
      return { result: await work(tx, sent.email) }
    }
    await tx
      .update(confirmations)
      .set({ wrongCodes: sent.wrongCodes + 1 })
      .where(mine)
    return { left: wrongCodesMax - sent.wrongCodes - 1 }
  })
  if ('left' in outcome) throw new ProductError('wrong_code', { left: outcome.left })
  return outcome.result
}

async function ownAddress(tx: Tx, context: DoorContext): Promise<string> {
  const { actor } = asPerson(context)
  return one(await tx.select({ email: accounts.email }).from(accounts).where(eq(accounts.personId, actor.personId)))
    .email
}
