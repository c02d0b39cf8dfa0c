import type { Tx } from '@meedenk/db/connection'
import { runPrepared } from '@meedenk/db/prepared'
import { ProductError } from '@meedenk/domain/errors'
import type { Context } from './context.ts'

const claim = {
  name: 'claim-key',
  text: 'insert into idempotency_keys (person_id, key, request_hash, created_at) values ($1, $2, $3, $4) on conflict do nothing returning key',
}
const keep = {
  name: 'keep-response',
  text: 'update idempotency_keys set response = $3 where person_id = $1 and key = $2',
}
const find = {
  name: 'find-response',
  text: 'select response, request_hash from idempotency_keys where person_id = $1 and key = $2',
}

/**
 * Runs the body of a creating action once per idempotency key, inside its own transaction: a repeat waits for the first,
 * gets the same result back, and writes nothing. The same key with other content is refused (SECURITY 7.2).
 */
export async function once<Result extends object>(
  tx: Tx,
  context: Context,
  work: () => Promise<Result>,
): Promise<Result> {
  const { actor, idempotency, now } = context
  if (!idempotency || actor.kind !== 'person') return work()
  const { key, requestHash } = idempotency
  const claimed = await runPrepared(tx, claim, [actor.personId, key, requestHash, now])
  if (claimed.length === 0) return earlierResult<Result>(tx, actor.personId, key, requestHash)
  const result = await work()
  await runPrepared(tx, keep, [actor.personId, key, JSON.stringify(result)])
  return result
}

/** For a hot path whose result is known beforehand: the key, hash and response that its own first statement claims. */
export function claimOf(
  context: Context,
  result: object,
): [key: string | null, requestHash: Buffer | null, response: string] {
  return [context.idempotency?.key ?? null, context.idempotency?.requestHash ?? null, JSON.stringify(result)]
}

/** What the first request with this key got; the same key with other content is refused. */
export async function earlierResult<Result>(
  tx: Tx,
  personId: string,
  key: string,
  requestHash: Buffer,
): Promise<Result> {
  const [earlier] = await runPrepared<{ response: string | null; request_hash: Buffer }>(tx, find, [personId, key])
  if (!earlier?.response || !earlier.request_hash.equals(requestHash)) throw new ProductError('idempotency_key_reused')
  // Written by this same function from a Result.
  return JSON.parse(earlier.response) as Result
}
