import type { Tx } from '@meedenk/db/connection'
import { sessions } from '@meedenk/db/schema'
import { and, eq, isNull, ne } from 'drizzle-orm'
import { type Context, record } from '../context.ts'
import { inTheNameOf } from './start-session.ts'

/** Ends the sessions of a person, all or all but one, inside the transaction that gives rise to it; gives back which. */
export async function endSessionsOf(tx: Tx, context: Context, personId: string, except?: string): Promise<string[]> {
  const ended = await tx
    .update(sessions)
    .set({ revokedAt: context.now, revokedBecause: 'ended' })
    .where(
      and(eq(sessions.personId, personId), isNull(sessions.revokedAt), except ? ne(sessions.id, except) : undefined),
    )
    .returning({ id: sessions.id })
  for (const { id } of ended)
    await record(tx, inTheNameOf(context, personId, id), { type: 'session.revoked', subjectId: id })
  return ended.map(({ id }) => id)
}
