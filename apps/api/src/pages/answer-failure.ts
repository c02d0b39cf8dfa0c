import { errorStatus, ProductError } from '@meedenk/domain/errors'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isDatabaseAway } from '../plugins/errors.ts'
import { localeOfPath } from './page-addresses.ts'
import { readyPage, sendPage } from './page-sending.ts'
import type { PageTemplate } from './page-template.ts'
import { say, wordsOf } from './page-words.ts'
import { scenePage } from './plain-page.ts'

/** Somebody who opens a page gets a page, also when it fails: what happened, what to do, and a code to quote. */
export function answerFailure(template: PageTemplate) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const status = statusOf(error)
    const locale = localeOfPath(request.url)
    const { failed } = wordsOf(locale)
    if (status === 503) reply.header('retry-after', '5')
    // Message and stack may quote rows, so only names and codes are logged (law 5).
    if (status >= 500)
      request.log.error(
        { name: error.name, code: error.code, at: error.stack?.split('\n').slice(1, 6) },
        'a page failed',
      )
    const page =
      status === 429
        ? scenePage(locale, failed.tooFast, failed.tooFastText)
        : scenePage(locale, failed.title, say(failed.text, { code: request.id }))
    return sendPage(request, reply.code(status), readyPage(template(page)), 'no-store')
  }
}

function statusOf(error: FastifyError): number {
  if (error instanceof ProductError) return errorStatus[error.code]
  if (isDatabaseAway(error)) return 503
  return error.statusCode && error.statusCode >= 400 ? error.statusCode : 500
}
