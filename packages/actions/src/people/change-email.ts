import { createHmac } from 'node:crypto'
import type { Tx } from '@meedenk/db/connection'
import { accounts, confirmations, emailMoves, signInAttempts } from '@meedenk/db/schema'
import { ProductError } from '@meedenk/domain/errors'
import {
  type ChangeEmail,
  type Confirm,
  type ConfirmationSent,
  undoHours,
} from '@meedenk/domain/people/account-schemas'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { asPerson, one, record } from '../context.ts'
import { keyFor } from '../seal.ts'
import { endSessionsOf } from './end-sessions-of.ts'
import { sendConfirmation, withConfirmation } from './send-confirmation.ts'
import type { DoorContext } from './start-session.ts'

/** Sends a code to the address that somebody wants to move to. */
export function requestEmailChange(
  context: DoorContext,
  { email }: z.output<typeof ChangeEmail>,
): Promise<z.output<typeof ConfirmationSent>> {
  return sendConfirmation(context, 'change_email', (own) => {
    if (own.toLowerCase() === email) throw new ProductError('email_unchanged', {}, '/email')
    return email
  })
}

/**
 * Moves the account to the address that the code came from. All other sessions end, and codes that still travel to the old
 * address die. The old address hears of it and can take the account back. Gives the sessions that ended.
 */
export async function changeEmail(context: DoorContext, input: z.output<typeof Confirm>): Promise<string[]> {
  const { actor, now } = asPerson(context)
  const { ended } = await withConfirmation(context, 'change_email', input, async (tx, newEmail) => {
    await lockAddress(tx, newEmail)
    if (await isTaken(tx, newEmail, actor.personId, now)) throw new ProductError('email_taken')
    const mine = eq(accounts.personId, actor.personId)
    const { email: oldEmail } = one(await tx.select({ email: accounts.email }).from(accounts).where(mine).for('update'))
    await tx.update(accounts).set({ email: newEmail, confirmedAt: now, bouncedAt: null }).where(mine)
    const undoUntil = new Date(now.getTime() + undoHours * 3_600_000)
    const moved = await tx
      .insert(emailMoves)
      .values({ personId: actor.personId, oldEmail, newEmail, movedAt: now, undoUntil })
      .returning({ id: emailMoves.id })
    await killCodes(tx, now, actor.personId, [oldEmail])
    const others = await endSessionsOf(tx, context, actor.personId, actor.sessionId)
    await record(tx, context, { type: 'email.changed', subjectId: one(moved).id })
    return { ended: others }
  })
  return ended
}

/** Two people may prove the same address at once; joinPlaza waits for the same lock. */
export async function lockAddress(tx: Tx, email: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`join:${email}`}, 0))`)
}

/** Somebody else's address, or one that somebody else may still go back to. */
async function isTaken(tx: Tx, email: string, personId: string, now: Date): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select 1 from accounts a where a.email = ${email} and a.person_id <> ${personId}
    union all
    select 1 from email_moves m where m.old_email = ${email} and m.person_id <> ${personId} and m.undone_at is null
      and m.undo_until > ${now.toISOString()}::timestamptz`)
  return rows.length > 0
}

/** Nothing that was on its way to these addresses opens a door any more. */
export async function killCodes(tx: Tx, now: Date, personId: string, emails: string[]): Promise<void> {
  for (const email of emails) {
    await tx
      .update(signInAttempts)
      .set({ usedAt: now })
      .where(and(eq(signInAttempts.email, email), isNull(signInAttempts.usedAt)))
  }
  await tx
    .update(confirmations)
    .set({ usedAt: now })
    .where(and(eq(confirmations.personId, personId), isNull(confirmations.usedAt)))
}

const macOf = (secret: string, moveId: string) =>
  createHmac('sha256', keyFor(secret, 'email-undo')).update(moveId).digest()

/** The token in the mail to the old address: the move and a MAC over it, so that nothing of it is stored. */
export function emailUndoToken(secret: string, moveId: string): string {
  return Buffer.concat([Buffer.from(moveId.replaceAll('-', ''), 'hex'), macOf(secret, moveId)]).toString('base64url')
}

/** The move a token speaks of; null when it is not ours. */
export function readEmailUndoToken(secret: string, token: string): string | null {
  const hex = Buffer.from(token, 'base64url').toString('hex', 0, 16)
  if (hex.length !== 32) return null
  const moveId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return emailUndoToken(secret, moveId) === token ? moveId : null
}
