import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, citext, moment, newId } from '../columns.ts'
import { regions, themes } from '../themes/tables.ts'

/** What others may see of a person, each field by its own visibility. The mail address lives in `accounts`. */
export const people = pgTable(
  'people',
  {
    id: newId().primaryKey(),
    handle: text().notNull().unique(),
    name: text().notNull(),
    portrait: text(),
    roleKind: text(),
    jobTitle: text(),
    organisation: text(),
    regionCode: text().references(() => regions.code),
    about: text(),
    locale: text().notNull().default('nl'),
    profileVisibility: text().notNull().default('members'),
    jobTitleVisibility: text().notNull().default('everyone'),
    organisationVisibility: text().notNull().default('members'),
    regionVisibility: text().notNull().default('everyone'),
    aboutVisibility: text().notNull().default('members'),
    expertiseVisibility: text().notNull().default('members'),
    platformRole: text().notNull().default('member'),
    state: text().notNull().default('active'),
    nudgesPerWeek: smallint().notNull().default(5),
    onboardedAt: moment(),
    agreedAt: moment(),
    joinedAt: moment().notNull(),
    version: integer().notNull().default(1),
  },
  (t) => [
    index('people_by_region').on(t.regionCode),
    index('people_by_name').on(t.name, t.id),
    index('people_moderators').on(t.id).where(sql`platform_role <> 'member'`),
    check('people_state_known', sql`state in ('active', 'paused', 'leaving', 'stopped')`),
    check('people_platform_role_known', sql`platform_role in ('member', 'moderator', 'admin')`),
  ],
)

const personId = () =>
  uuid()
    .notNull()
    .references(() => people.id, { onDelete: 'cascade' })

export const accounts = pgTable('accounts', {
  personId: personId().primaryKey(),
  email: citext().notNull().unique(),
  confirmedAt: moment().notNull(),
  bouncedAt: moment(),
})

/** Expertise routes questions to a person; interest only fills their reading. */
export const personExpertises = pgTable(
  'person_expertises',
  {
    themeId: uuid()
      .notNull()
      .references(() => themes.id, { onDelete: 'cascade' }),
    personId: personId(),
    level: text().notNull(),
    since: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.themeId, t.personId] }), index('person_expertises_by_person').on(t.personId)],
)
export const personInterests = pgTable(
  'person_interests',
  {
    themeId: uuid()
      .notNull()
      .references(() => themes.id, { onDelete: 'cascade' }),
    personId: personId(),
    since: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.themeId, t.personId] }), index('person_interests_by_person').on(t.personId)],
)

/** One mail with a code and a link; both die with the first use, after ten minutes, or after five wrong codes. */
export const signInAttempts = pgTable(
  'sign_in_attempts',
  {
    id: newId().primaryKey(),
    email: citext().notNull(),
    codeHash: bytes().notNull(),
    linkHash: bytes().notNull().unique(),
    /** The code itself, sealed, so that the link can show it on another device. */
    codeSealed: bytes().notNull(),
    browserHash: bytes().notNull(),
    locale: text().notNull(),
    next: text(),
    wrongCodes: smallint().notNull().default(0),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
  },
  (t) => [index('sign_in_attempts_by_email').on(t.email, t.createdAt)],
)

export const sessions = pgTable(
  'sessions',
  {
    id: newId().primaryKey(),
    personId: personId(),
    device: text().notNull(),
    /** 1 mail or password, 2 passkey or TOTP. */
    level: smallint().notNull(),
    methods: text().array().notNull(),
    startedAt: moment().notNull(),
    lastUsedAt: moment().notNull(),
    provenAt: moment().notNull(),
    expiresAt: moment().notNull(),
    revokedAt: moment(),
    revokedBecause: text(),
  },
  (t) => [
    index('sessions_by_person').on(t.personId, t.lastUsedAt),
    index('sessions_revoked').on(t.revokedAt).where(sql`revoked_at is not null`),
  ],
)

/** Opaque refresh tokens, hashed. A second use after the grace means theft: the whole family, one session, dies. */
export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    hash: bytes().primaryKey(),
    sessionId: uuid()
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    issuedAt: moment().notNull(),
    usedAt: moment(),
  },
  (t) => [index('refresh_tokens_by_session').on(t.sessionId)],
)

export const passkeys = pgTable(
  'passkeys',
  {
    id: text().primaryKey(),
    personId: personId(),
    publicKey: bytes().notNull(),
    counter: bigint({ mode: 'number' }).notNull(),
    transports: text().array().notNull(),
    label: text().notNull(),
    createdAt: moment().notNull(),
    lastUsedAt: moment(),
  },
  (t) => [index('passkeys_by_person').on(t.personId)],
)

/** A challenge is good for one answer within five minutes. */
export const passkeyChallenges = pgTable(
  'passkey_challenges',
  {
    id: newId().primaryKey(),
    challenge: text().notNull(),
    purpose: text().notNull(),
    personId: uuid().references(() => people.id, { onDelete: 'cascade' }),
    expiresAt: moment().notNull(),
    usedAt: moment(),
  },
  (t) => [index('passkey_challenges_by_person').on(t.personId), index('passkey_challenges_by_expiry').on(t.expiresAt)],
)

export const passwords = pgTable('passwords', {
  personId: personId().primaryKey(),
  hash: text().notNull(),
  setAt: moment().notNull(),
})

export const totpSecrets = pgTable('totp_secrets', {
  personId: personId().primaryKey(),
  secretSealed: bytes().notNull(),
  confirmedAt: moment(),
  /** The step of the last accepted code: a code works once. */
  lastStep: bigint({ mode: 'number' }),
})

export const recoveryCodes = pgTable(
  'recovery_codes',
  { personId: personId(), hash: bytes().notNull(), usedAt: moment() },
  (t) => [primaryKey({ columns: [t.personId, t.hash] })],
)

export const drafts = pgTable(
  'drafts',
  { personId: personId(), key: text().notNull(), content: text().notNull(), savedAt: moment().notNull() },
  (t) => [primaryKey({ columns: [t.personId, t.key] })],
)

export const savedQuestions = pgTable(
  'saved_questions',
  {
    personId: personId(),
    channelId: uuid().notNull(),
    questionId: uuid().notNull(),
    savedAt: moment().notNull(),
    kept: boolean().notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.questionId] }),
    index('saved_questions_by_question').on(t.channelId, t.questionId),
  ],
)
