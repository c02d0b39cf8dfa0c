/** Every way the product says no. The code is also the translation key `errors.<code>`. */
export const errorStatus = {
  // shape
  invalid_input: 422,
  malformed_request: 400,
  invalid_cursor: 400,
  too_large: 413,
  unsupported_media_type: 415,
  method_not_allowed: 405,
  // who
  sign_in_required: 401,
  session_expired: 401,
  session_revoked: 401,
  step_up_required: 403,
  not_yours: 403,
  moderators_only: 403,
  foreign_origin: 403,
  account_paused: 403,
  // what
  not_found: 404,
  gone: 410,
  stale_version: 412,
  version_required: 428,
  idempotency_key_reused: 422,
  idempotency_in_progress: 409,
  too_many_requests: 429,
  internal_error: 500,
  busy: 503,
  // sign-in
  wrong_code: 422,
  code_expired: 410,
  code_used: 410,
  too_many_tries: 429,
  other_browser: 409,
  wrong_password: 422,
  password_too_short: 422,
  password_breached: 422,
  passkey_refused: 422,
  passkey_last_factor: 409,
  totp_wrong: 422,
  totp_not_set: 409,
  totp_already_set: 409,
  handle_taken: 409,
  // one's own account
  email_unchanged: 422,
  email_taken: 409,
  email_moved: 409,
  undo_expired: 410,
  owns_channel: 409,
  already_leaving: 409,
  not_leaving: 409,
  export_running: 409,
  // questions
  question_closed: 409,
  question_hidden: 409,
  own_question: 409,
  own_answer: 409,
  not_the_asker: 403,
  too_many_themes: 422,
  unknown_theme: 422,
  unknown_region: 422,
  citizen_number: 422,
  follow_up_of_follow_up: 409,
  already_shared: 409,
  too_many_questions_today: 429,
  // moderation
  already_decided: 409,
  own_post: 409,
  reason_required: 422,
} as const

export type ErrorCode = keyof typeof errorStatus

/** A refusal that the product understands; anything else thrown is a bug and becomes a 500. */
export class ProductError extends Error {
  override readonly name = 'ProductError'
  readonly code: ErrorCode
  /** Facts for the text, such as how many tries are left; never content. */
  readonly facts: Record<string, string | number>
  /** JSON pointer of the field it concerns, when there is one. */
  readonly pointer: string | undefined

  constructor(code: ErrorCode, facts: Record<string, string | number> = {}, pointer?: string) {
    super(code)
    this.code = code
    this.facts = facts
    this.pointer = pointer
  }
}

export type Verdict = { allowed: true } | { allowed: false; because: ErrorCode }
export const yes: Verdict = { allowed: true }
export const no = (because: ErrorCode): Verdict => ({ allowed: false, because })

/** The only place where a rule becomes an error. */
export function ensure(verdict: Verdict): void {
  if (!verdict.allowed) throw new ProductError(verdict.because)
}
