import type { Tx } from '@meedenk/db/connection'
import { accounts, emailMoves, passkeys, passwords, recoveryCodes, totpSecrets } from '@meedenk/db/schema'
import { atTheDoor } from '@meedenk/db/tenancy'
import { visitor } from '@meedenk/domain/actor'
import { ProductError } from '@meedenk/domain/errors'
import { and, eq, gte, isNull, sql } from 'drizzle-orm'
import { record } from '../context.ts'
import { type Limit, throttle } from '../throttle.ts'
import { killCodes, lockAddress, readEmailUndoToken } from './change-email.ts'
import { endSessionsOf } from './end-sessions-of.ts'
import { type DoorContext, inTheNameOf } from './start-session.ts'

const perNetwork: Limit = { name: 'email-undo', free: 50, baseSeconds: 1, mostSeconds: 30, windowSeconds: 600 }
type Move = typeof emailMoves.$inferSelect

/**
 * Takes an account back to the address it had, on the word of that address. Whoever moved it loses everything gained
 * since: sessions, later moves, new ways in, a departure. Gives the sessions that ended; a second press changes nothing.
 */
export async function undoEmailChange(context: DoorContext, token: string): Promise<string[]> {
  const { db, now, network, secret } = context
  await throttle(db, now, [[perNetwork, network]])
  const moveId = readEmailUndoToken(secret, token)
  if (!moveId) throw new ProductError('undo_expired')
  const known = await atTheDoor(db, visitor, (tx) => findMove(tx, moveId))
  if (!known || known.undoUntil <= now) throw new ProductError('undo_expired')
  const owner = inTheNameOf(context, known.personId, known.personId)
  if (owner.actor.kind !== 'person') return []
  return atTheDoor(db, owner.actor, async (tx) => {
    await lockAddress(tx, known.oldEmail)
    await tx.select().from(accounts).where(eq(accounts.personId, known.personId)).for('update')
    const move = await findMove(tx, moveId)
    if (!move || move.undoneAt) return []
    const undone = await undoMovesSince(tx, now, move)
    await tx
      .update(accounts)
      .set({ email: move.oldEmail, confirmedAt: now, bouncedAt: null })
      .where(eq(accounts.personId, move.personId))
    await killCodes(
      tx,
      now,
      move.personId,
      undone.map(({ newEmail }) => newEmail),
    )
    await dropWaysInSince(tx, move)
    await stayAgain(tx, move)
    const ended = await endSessionsOf(tx, owner, move.personId)
    await record(tx, owner, { type: 'email.change_undone', subjectId: move.id })
    return ended
  })
}

const findMove = async (tx: Tx, id: string): Promise<Move | undefined> =>
  (await tx.select().from(emailMoves).where(eq(emailMoves.id, id)))[0]

/** Later moves go with it, or their old address could undo the undoing. */
function undoMovesSince(tx: Tx, now: Date, { personId, movedAt }: Move) {
  return tx
    .update(emailMoves)
    .set({ undoneAt: now })
    .where(and(eq(emailMoves.personId, personId), gte(emailMoves.movedAt, movedAt), isNull(emailMoves.undoneAt)))
    .returning({ newEmail: emailMoves.newEmail })
}

async function dropWaysInSince(tx: Tx, { personId, movedAt }: Move): Promise<void> {
  await tx.delete(passkeys).where(and(eq(passkeys.personId, personId), gte(passkeys.createdAt, movedAt)))
  await tx.delete(passwords).where(and(eq(passwords.personId, personId), gte(passwords.setAt, movedAt)))
  const apps = await tx
    .delete(totpSecrets)
    .where(and(eq(totpSecrets.personId, personId), gte(totpSecrets.confirmedAt, movedAt)))
    .returning({ personId: totpSecrets.personId })
  if (apps.length > 0) await tx.delete(recoveryCodes).where(eq(recoveryCodes.personId, personId))
}

async function stayAgain(tx: Tx, { personId, movedAt }: Move): Promise<void> {
  const at = sql`${movedAt.toISOString()}::timestamptz`
  await tx.execute(
    sql`select ctx.come_back() where exists (select from departures d where d.person_id = ${personId} and d.requested_at >= ${at})`,
  )
}
