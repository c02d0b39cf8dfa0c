import { type ErrorCode, errorStatus, ProductError } from '@meedenk/domain/errors'
import en from '@meedenk/domain/locales/errors.en.json' with { type: 'json' }
import nl from '@meedenk/domain/locales/errors.nl.json' with { type: 'json' }
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'

type FieldError = { pointer: string; code: string; detail: string }
type Facts = Record<string, string | number>

const texts: Record<'nl' | 'en', Record<string, string>> = { nl, en }

/** The reader's language: what the page says, else what the browser asks for; Dutch by default. */
export function localeOf(request: FastifyRequest): 'nl' | 'en' {
  const asked = request.headers['x-meedenk-locale'] ?? request.headers['accept-language'] ?? ''
  return /^\s*en\b/i.test(String(asked)) ? 'en' : 'nl'
}

/** Answers RFC 9457 problem+json. A string, because an object would pass through the route's own serializer. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ErrorCode,
  facts: Facts = {},
  errors: FieldError[] = [],
) {
  const title = (texts[localeOf(request)][code] ?? code).replace(/\{(\w+)\}/g, (_, name: string) =>
    String(facts[name] ?? ''),
  )
  if (facts.retryAfter !== undefined) reply.header('retry-after', String(facts.retryAfter))
  else if (errorStatus[code] === 503) reply.header('retry-after', '5')
  const problem = {
    type: `/api/docs#error-${code}`,
    title,
    status: errorStatus[code],
    code,
    requestId: request.id,
    ...(Object.keys(facts).length > 0 ? { facts } : {}),
    ...(errors.length > 0 ? { errors } : {}),
  }
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem))
}

// What PostgreSQL says when it is starting, stopping, full or too slow; the product answers "busy", never 500.
const databaseAway = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '53400',
  '57014',
  '55P03',
  '40001',
  '40P01',
  '25P03',
  '08006',
  '08003',
  '08001',
  '53100',
])
const connectionLost =
  /ECONNREFUSED|ECONNRESET|EPIPE|timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/

/** Whether an error means that the database cannot serve now. */
export function isDatabaseAway(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return false
  const code = 'code' in cause ? String(cause.code) : ''
  return databaseAway.has(code) || connectionLost.test(code) || connectionLost.test(cause.message)
}

const clientErrors: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_request',
}

function fieldErrors(error: FastifyError): FieldError[] {
  if (!hasZodFastifySchemaValidationErrors(error)) return []
  return error.validation.map((issue) => ({
    pointer: issue.instancePath || '/',
    code: issue.keyword,
    detail: issue.message ?? '',
  }))
}

export const errorsPlugin = fp(async (app) => {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof ProductError) {
      const errors = error.pointer ? [{ pointer: error.pointer, code: error.code, detail: '' }] : []
      return sendProblem(request, reply, error.code, error.facts, errors)
    }
    // An id that is no id names nothing.
    if (hasZodFastifySchemaValidationErrors(error)) {
      if (error.validationContext === 'params') return sendProblem(request, reply, 'not_found')
      return sendProblem(request, reply, 'invalid_input', {}, fieldErrors(error))
    }
    const known = clientErrors[error.code]
    if (known) return sendProblem(request, reply, known)
    if (error.statusCode === 429)
      return sendProblem(request, reply, 'too_many_requests', {
        retryAfter: Number(reply.getHeader('retry-after') ?? 60),
      })
    if (error.statusCode === 503 || isDatabaseAway(error)) {
      request.log.warn({ code: error.code }, 'busy')
      return sendProblem(request, reply, 'busy')
    }
    if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500)
      return sendProblem(request, reply, 'malformed_request')
    // Message and stack may quote rows, so only names and codes are logged (law 5).
    request.log.error(
      { name: error.name, code: error.code, at: error.stack?.split('\n').slice(1, 6) },
      'unexpected error',
    )
    return sendProblem(request, reply, 'internal_error')
  })
})
