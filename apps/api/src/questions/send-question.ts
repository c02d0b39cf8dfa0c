import { createHash } from 'node:crypto'
import type { QuestionRead } from '@meedenk/actions/questions/read-question'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendJson } from '../plugins/json.ts'

/** Version first, for `If-Match`; then what it looks like now, so that a new answer makes it another page. */
const etagOf = ({ version, json }: QuestionRead) =>
  `"${version}.${createHash('sha1').update(json).digest('base64url')}"`

/** A public question that caches may keep but must ask about: a fresh answer shows at once. */
// The reply type wants the parsed shape of every status; what goes out is text.
// biome-ignore lint/suspicious/noExplicitAny: see above.
export function sendQuestion(
  request: FastifyRequest,
  reply: FastifyReply<any, any, any, any, any, any, any, any>,
  question: QuestionRead,
): never {
  const etag = etagOf(question)
  reply.header('etag', etag).header('cache-control', 'public, no-cache')
  if (request.headers['if-none-match'] === etag) return reply.code(304).send() as never
  return sendJson(reply, question.json)
}
