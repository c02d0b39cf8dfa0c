import type { Tx } from '@meedenk/db/connection'
import { idempotencyKeys } from '@meedenk/db/schema'
import { ProductError } from '@meedenk/domain/errors'
import { and, eq } from 'drizzle-orm'
import type { Context } from './context.ts'

/**
 * Runs the body of a creating action once per idempotency key, inside its own transaction: a repeat waits for the first,
 * gets the same result back, and writes nothing. The same key with other content is refused (SECURITY 7.2).
 */
export async function once<Result extends object>(tx: Tx, context: Context, work: () => Promise<Result>): Promise<Result> {
  const { actor, idempotency, now } = context
  if (!idempotency || actor.kind !== 'person') return work()
  const { key, requestHash } = idempotency
  const mine = and(eq(idempotencyKeys.personId, actor.personId), eq(idempotencyKeys.key, key))
  const claimed = await tx
    .insert(idempotencyKeys)
    .values({ personId: actor.personId, key, requestHash, createdAt: now })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key })
  if (claimed.length === 0) return earlierResult<Result>(tx, mine, requestHash)
  const result = await work()
  await tx.update(idempotencyKeys).set({ response: JSON.stringify(result) }).where(mine)
  return result
}

async function earlierResult<Result>(tx: Tx, mine: ReturnType<typeof and>, requestHash: Buffer): Promise<Result> {
  const [earlier] = await tx.select().from(idempotencyKeys).where(mine)
  if (!earlier?.response || !Buffer.from(earlier.requestHash).equals(requestHash)) throw new ProductError('idempotency_key_reused')
  // Written by this same function from a Result.
  return JSON.parse(earlier.response) as Result
}
