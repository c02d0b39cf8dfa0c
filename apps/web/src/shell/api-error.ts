import { Problem } from '@meedenk/domain/pages'

export interface FieldError {
  pointer: string
  code: string
  detail?: string
}

/** What the API refused, or why it could not be reached; `code` is the translation key `errors.<code>`. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly title: string
  readonly requestId: string | undefined
  readonly facts: Record<string, string | number>
  readonly errors: FieldError[]
  /** Seconds to wait before another try makes sense. */
  readonly retryAfter: number | undefined

  constructor(status: number, code: string, more: Partial<Omit<ApiError, 'status' | 'code'>> = {}) {
    super(`${status} ${code}`)
    this.status = status
    this.code = code
    this.title = more.title ?? ''
    this.requestId = more.requestId
    this.facts = more.facts ?? {}
    this.errors = more.errors ?? []
    this.retryAfter = more.retryAfter
  }
}

/** Turns an answer that is not a success into an error, also when a proxy in between wrote it. */
export async function readApiError(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get('retry-after')) || undefined
  const problem = Problem.safeParse(await response.json().catch(() => undefined))
  if (problem.success) return new ApiError(response.status, problem.data.code, { ...problem.data, retryAfter })
  return new ApiError(response.status, codeOfStatus[response.status] ?? 'internal_error', { retryAfter })
}

const codeOfStatus: Record<number, string> = {
  401: 'sign_in_required',
  403: 'not_yours',
  404: 'not_found',
  410: 'gone',
  413: 'too_large',
  429: 'too_many_requests',
  502: 'busy',
  503: 'busy',
  504: 'busy',
}

/** Makes every failure an ApiError, so that callers know one kind. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  return new ApiError(0, error instanceof TypeError ? 'offline' : 'internal_error')
}
