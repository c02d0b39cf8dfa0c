import { passkeys } from '@meedenk/db/schema'
import { atTheDoor } from '@meedenk/db/tenancy'
import { ProductError } from '@meedenk/domain/errors'
import { and, eq } from 'drizzle-orm'
import { asPerson, type Context, record } from '../context.ts'
import { checkProof } from './check-proof.ts'

/** Removes a passkey of one's own. Even the last may go: the mailbox stays a way in. */
export function removePasskey(context: Context, passkeyId: string): Promise<void> {
  const person = asPerson(context)
  const { db, actor } = person
  return atTheDoor(db, actor, async (tx) => {
    await checkProof(tx, person)
    const removed = await tx
      .delete(passkeys)
      .where(and(eq(passkeys.id, passkeyId), eq(passkeys.personId, actor.personId)))
      .returning({ id: passkeys.id })
    if (removed.length === 0) throw new ProductError('not_found')
    await record(tx, context, { type: 'passkey.removed', subjectId: actor.personId })
  })
}
