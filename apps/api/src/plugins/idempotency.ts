import { createHash } from 'node:crypto'
import { ProductError } from '@meedenk/domain/errors'
import type { FastifyRequest } from 'fastify'

const keyShape = /^[\w-]{8,100}$/

/** The `Idempotency-Key` of a POST with a hash of what it asks; the action does the rest in its own transaction. */
export function readIdempotency(request: FastifyRequest): { key: string; requestHash: Buffer } | null {
  const key = request.headers['idempotency-key']
  if (request.method !== 'POST' || key === undefined) return null
  if (typeof key !== 'string' || !keyShape.test(key)) throw new ProductError('invalid_input', {}, '/idempotency-key')
  const requestHash = createHash('sha256')
    .update(`${request.url}\n${JSON.stringify(request.body ?? null)}`)
    .digest()
  return { key, requestHash }
}
