import { ProductError } from '@meedenk/domain/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Which version the writer has seen, from `If-Match: "7"` or `"7.what-it-looked-like"`; an edit without it could overwrite what nobody read. */
export function readIfMatch(request: FastifyRequest): number {
  const header = request.headers['if-match']
  if (header === undefined) throw new ProductError('version_required')
  const version = /^(?:W\/)?"(\d{1,9})(?:\.[\w-]{1,40})?"$/.exec(header)?.[1]
  if (version === undefined) throw new ProductError('stale_version')
  return Number(version)
}

/** Says which version this is. */
export function sendETag(reply: FastifyReply, version: number): void {
  reply.header('etag', `"${version}"`)
}
