/** How careful to be with a column (SECURITY R58). `special`: who stands behind an anonymous word. `secret`: never leaves the house. */
export const dataClassNames = ['public', 'internal', 'personal', 'special', 'secret'] as const
export type DataClass = (typeof dataClassNames)[number]

type ColumnsByClass = Partial<Record<DataClass, string>>

/** Every column of every table, by class; a column without a class fails the test beside this list. */
export const dataClasses: Record<string, ColumnsByClass> = {
  // channels and themes
  channels: { internal: 'id slug name kind created_at' },
  channel_members: { personal: 'channel_id person_id role joined_at' },
  themes: {
    public: 'id slug name name_en description keywords bond tint position hidden',
    personal: 'guardian_id',
  },
  theme_neighbours: { public: 'theme_id neighbour_id distance' },
  regions: { public: 'code name province region aliases inhabitants' },

  // people
  people: {
    public: 'id handle name portrait role_kind joined_at',
    internal: 'version onboarded_at agreed_at nudges_per_week platform_role',
    personal:
      'job_title organisation region_code about locale state profile_visibility job_title_visibility ' +
      'organisation_visibility region_visibility about_visibility expertise_visibility',
  },
  accounts: { personal: 'person_id email confirmed_at bounced_at' },
  person_expertises: { personal: 'theme_id person_id level since' },
  person_interests: { personal: 'theme_id person_id since' },
  sessions: {
    personal:
      'id person_id device level methods started_at last_used_at proven_at expires_at revoked_at revoked_because',
  },
  refresh_tokens: { secret: 'hash', personal: 'session_id issued_at used_at' },
  passkeys: { secret: 'id public_key', personal: 'person_id counter transports label created_at last_used_at' },
  passkey_challenges: { secret: 'challenge', internal: 'id purpose expires_at used_at', personal: 'person_id' },
  passwords: { secret: 'hash', personal: 'person_id set_at' },
  totp_secrets: { secret: 'secret_sealed last_step', personal: 'person_id confirmed_at' },
  recovery_codes: { secret: 'hash', personal: 'person_id used_at' },
  sign_in_attempts: {
    secret: 'code_hash link_hash code_sealed browser_hash',
    personal: 'id email locale next',
    internal: 'wrong_codes created_at expires_at used_at',
  },
  confirmations: {
    secret: 'code_hash code_sealed',
    personal: 'id person_id purpose email',
    internal: 'wrong_codes created_at expires_at used_at',
  },
  email_moves: { personal: 'id person_id old_email new_email moved_at undo_until undone_at' },
  drafts: { personal: 'person_id key content saved_at' },
  saved_questions: { personal: 'person_id channel_id question_id saved_at kept' },

  // questions
  questions: {
    public:
      'channel_id id number slug kind title body shown_role shown_region asked_at edited_at closed_at closed_reason ' +
      'state version answer_count answers_first_day people_asked me_too_count helped_count perspectives first_answer_at ' +
      'first_answer_office_minutes last_activity_at yield_at search only_region',
    personal: 'author_id',
    internal: 'withdrawn_at hidden_at',
  },
  question_themes: { public: 'channel_id question_id theme_id asked_at state yield_at' },
  answers: {
    public:
      'channel_id id question_id parent_id by_asker perspective body referral_url referral_title posted_at edited_at ' +
      'helped_at turn thanks_count version',
    personal: 'author_id',
    internal: 'withdrawn_at hidden_at',
  },
  revisions: { public: 'id channel_id subject_id title body replaced_at' },
  yields: { public: 'channel_id question_id body did_not_work shared_at' },
  yield_reminders: { personal: 'channel_id question_id day asked_at outcome' },
  escalations: { public: 'channel_id question_id step taken_at people' },
  thanks: { personal: 'channel_id answer_id person_id thanked_at' },
  me_toos: { personal: 'channel_id question_id person_id said_at' },
  sealed_authors: { special: 'channel_id subject_id person_id' },
  seal_openings: { special: 'id channel_id subject_id opened_by reason opened_at' },

  // notifications
  notices: {
    personal:
      'person_id id kind channel_id question_id subject_id because state added_at handled_at until mail_due_at mail_id',
  },
  mails: { personal: 'id person_id address template subject_id queued_at sent_at failed_at attempts' },
  pace_settings: { personal: 'person_id kind pace' },
  mail_pauses: { personal: 'person_id until' },

  // privacy
  departures: { personal: 'person_id contributions state_before requested_at due_at' },
  exports: { personal: 'id person_id requested_at ready_at expires_at page data' },

  // moderation
  reports: {
    personal:
      'id number channel_id subject_kind subject_id reason explanation reporter_id reporter_name reporter_email ' +
      'reported_at due_at decided_at',
  },
  moderation_decisions: {
    personal: 'id channel_id report_id subject_kind subject_id decision reason rule decided_by decided_at',
  },

  // the house
  events: {
    internal: 'id xid type channel_id subject_id question_id facts request_id happened_at',
    personal: 'actor_id',
  },
  cursors: { internal: 'name xid id' },
  processed_jobs: { internal: 'event_id job processed_at' },
  rounds: { internal: 'name last_run_at runs' },
  idempotency_keys: { personal: 'person_id key request_hash response created_at' },
  throttles: { personal: 'key', internal: 'hits resets_at' },
}

/** The class of a column; undefined when nobody has thought about it yet. */
export function classOf(table: string, column: string): DataClass | undefined {
  const columns = dataClasses[table] ?? {}
  return dataClassNames.find((name) => columns[name]?.split(' ').includes(column))
}
