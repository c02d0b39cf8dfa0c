import { type SQL, sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { channels } from '../channels/tables.ts'
import { moment, newId, tsvector } from '../columns.ts'
import { people } from '../people/tables.ts'
import { regions, themes } from '../themes/tables.ts'

export const questions = pgTable(
  'questions',
  {
    channelId: uuid()
      .notNull()
      .references(() => channels.id),
    id: newId().primaryKey(),
    number: bigint({ mode: 'number' }).notNull().generatedByDefaultAsIdentity({ startWith: 1001 }),
    slug: text().notNull(),
    kind: text().notNull(),
    title: text().notNull(),
    body: text().notNull(),
    /** Null when asked anonymously: the author is then in `sealed_authors`. */
    authorId: uuid().references(() => people.id),
    shownRole: text(),
    shownRegion: text().references(() => regions.code),
    onlyRegion: text(),
    askedAt: moment().notNull(),
    editedAt: moment(),
    closedAt: moment(),
    closedReason: text(),
    withdrawnAt: moment(),
    hiddenAt: moment(),
    version: integer().notNull().default(1),
    // Kept by the actions in the same transaction, so that lists and figures read one row.
    answerCount: integer().notNull().default(0),
    answersFirstDay: integer().notNull().default(0),
    peopleAsked: integer().notNull().default(0),
    meTooCount: integer().notNull().default(0),
    helpedCount: integer().notNull().default(0),
    perspectives: text().array().notNull().default(sql`'{}'`),
    firstAnswerAt: moment(),
    firstAnswerOfficeMinutes: integer(),
    lastActivityAt: moment().notNull(),
    yieldAt: moment(),
    /** Where it stands, in one word that lists filter on: it changes seldom, so most changes of counts touch no index. */
    state: text()
      .notNull()
      .generatedAlwaysAs(
        (): SQL =>
          sql`case when hidden_at is not null or withdrawn_at is not null then 'gone' when yield_at is not null then 'learned' when helped_count > 0 then 'helped' when answer_count > 0 then 'thinking' when closed_at is not null then 'closed' else 'waiting' end`,
      ),
    search: tsvector().generatedAlwaysAs(
      (): SQL =>
        sql`setweight(to_tsvector('dutch', title), 'A') || setweight(to_tsvector('dutch', left(body, 4000)), 'B')`,
    ),
  },
  (t) => [
    unique('questions_channel_and_id').on(t.channelId, t.id),
    unique('questions_number').on(t.number),
    index('questions_waiting').on(t.channelId, t.askedAt, t.id).where(sql`state = 'waiting'`),
    index('questions_by_state').on(t.channelId, t.state, t.askedAt, t.id),
    index('questions_newest')
      .on(t.channelId, t.askedAt.desc(), t.id.desc())
      .where(sql`hidden_at is null and withdrawn_at is null`),
    index('questions_learned')
      .on(t.channelId, t.yieldAt.desc(), t.id.desc())
      .where(sql`yield_at is not null and hidden_at is null and withdrawn_at is null`),
    index('questions_by_author').on(t.authorId).where(sql`author_id is not null`),
    index('questions_by_shown_region').on(t.shownRegion, t.askedAt, t.id).where(sql`shown_region is not null`),
    index('questions_search').using('gin', t.search),
    index('questions_title_trigrams').using('gin', sql`title gin_trgm_ops`),
    check('questions_kind_known', sql`kind in ('factual', 'think_along')`),
  ],
)

/** Repeats when it was asked and where it stands, so that every list of a theme is one index range; a trigger keeps it. */
export const questionThemes = pgTable(
  'question_themes',
  {
    channelId: uuid().notNull(),
    questionId: uuid().notNull(),
    themeId: uuid()
      .notNull()
      .references(() => themes.id),
    askedAt: moment().notNull(),
    state: text().notNull().default('waiting'),
    yieldAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.questionId, t.themeId] }),
    foreignKey({
      name: 'question_themes_question_fk',
      columns: [t.channelId, t.questionId],
      foreignColumns: [questions.channelId, questions.id],
    }).onDelete('cascade'),
    index('question_themes_by_theme').on(t.themeId, t.askedAt, t.questionId),
    index('question_themes_by_state').on(t.themeId, t.state, t.askedAt, t.questionId),
    index('question_themes_learned').on(t.themeId, t.yieldAt, t.questionId).where(sql`yield_at is not null`),
    index('question_themes_by_question').on(t.channelId, t.questionId),
  ],
)

export const answers = pgTable(
  'answers',
  {
    channelId: uuid().notNull(),
    id: newId().primaryKey(),
    questionId: uuid().notNull(),
    /** Set for a follow-up: the answer it asks further about. */
    parentId: uuid(),
    authorId: uuid().references(() => people.id),
    byAsker: boolean().notNull().default(false),
    perspective: text(),
    body: text().notNull(),
    referralUrl: text(),
    referralTitle: text(),
    postedAt: moment().notNull(),
    editedAt: moment(),
    withdrawnAt: moment(),
    hiddenAt: moment(),
    helpedAt: moment(),
    turn: text(),
    thanksCount: integer().notNull().default(0),
    version: integer().notNull().default(1),
  },
  (t) => [
    unique('answers_channel_and_id').on(t.channelId, t.id),
    foreignKey({
      name: 'answers_question_fk',
      columns: [t.channelId, t.questionId],
      foreignColumns: [questions.channelId, questions.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'answers_parent_fk',
      columns: [t.channelId, t.parentId],
      foreignColumns: [t.channelId, t.id],
    }).onDelete('cascade'),
    index('answers_by_question').on(t.questionId, t.postedAt),
    index('answers_by_channel_question').on(t.channelId, t.questionId),
    index('answers_by_parent').on(t.channelId, t.parentId).where(sql`parent_id is not null`),
    index('answers_that_helped').on(t.helpedAt).where(sql`helped_at is not null`),
    index('answers_by_author').on(t.authorId, t.postedAt).where(sql`author_id is not null`),
  ],
)

/** Who wrote an anonymous post. The app may write here and ask "is it mine?", it can never read the name. */
export const sealedAuthors = pgTable(
  'sealed_authors',
  {
    channelId: uuid()
      .notNull()
      .references(() => channels.id),
    subjectId: uuid().primaryKey(),
    personId: uuid()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
  },
  (t) => [index('sealed_authors_by_person').on(t.personId), index('sealed_authors_by_channel').on(t.channelId)],
)
export const sealOpenings = pgTable(
  'seal_openings',
  {
    id: newId().primaryKey(),
    channelId: uuid()
      .notNull()
      .references(() => channels.id),
    subjectId: uuid().notNull(),
    openedBy: uuid()
      .notNull()
      .references(() => people.id),
    reason: text().notNull(),
    openedAt: moment().notNull(),
  },
  (t) => [
    index('seal_openings_by_subject').on(t.subjectId),
    index('seal_openings_by_opener').on(t.openedBy),
    index('seal_openings_by_channel').on(t.channelId),
  ],
)

/** What a post said before it was edited. */
export const revisions = pgTable(
  'revisions',
  {
    id: newId().primaryKey(),
    channelId: uuid()
      .notNull()
      .references(() => channels.id),
    subjectId: uuid().notNull(),
    title: text(),
    body: text().notNull(),
    replacedAt: moment().notNull(),
  },
  (t) => [index('revisions_by_subject').on(t.subjectId, t.replacedAt), index('revisions_by_channel').on(t.channelId)],
)

export const thanks = pgTable(
  'thanks',
  {
    channelId: uuid().notNull(),
    answerId: uuid().notNull(),
    personId: uuid()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    thankedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.answerId, t.personId] }),
    foreignKey({
      name: 'thanks_answer_fk',
      columns: [t.channelId, t.answerId],
      foreignColumns: [answers.channelId, answers.id],
    }).onDelete('cascade'),
    index('thanks_by_person').on(t.personId),
    index('thanks_by_answer').on(t.channelId, t.answerId),
  ],
)

export const meToos = pgTable(
  'me_toos',
  {
    channelId: uuid().notNull(),
    questionId: uuid().notNull(),
    personId: uuid()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    saidAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.questionId, t.personId] }),
    foreignKey({
      name: 'me_toos_question_fk',
      columns: [t.channelId, t.questionId],
      foreignColumns: [questions.channelId, questions.id],
    }).onDelete('cascade'),
    index('me_toos_by_person').on(t.personId),
    index('me_toos_by_question').on(t.channelId, t.questionId),
  ],
)

/** What came of a question, in the asker's words (opbrengst). */
export const yields = pgTable(
  'yields',
  {
    channelId: uuid().notNull(),
    questionId: uuid().primaryKey(),
    body: text().notNull(),
    didNotWork: text(),
    sharedAt: moment().notNull(),
  },
  (t) => [
    foreignKey({
      name: 'yields_question_fk',
      columns: [t.channelId, t.questionId],
      foreignColumns: [questions.channelId, questions.id],
    }).onDelete('cascade'),
    index('yields_by_question').on(t.channelId, t.questionId),
  ],
)

/** The asker is asked after 7 and 21 days what came of it; each day once. */
export const yieldReminders = pgTable(
  'yield_reminders',
  {
    channelId: uuid().notNull(),
    questionId: uuid().notNull(),
    day: smallint().notNull(),
    askedAt: moment().notNull(),
    outcome: text(),
  },
  (t) => [
    primaryKey({ columns: [t.questionId, t.day] }),
    foreignKey({
      name: 'yield_reminders_question_fk',
      columns: [t.channelId, t.questionId],
      foreignColumns: [questions.channelId, questions.id],
    }).onDelete('cascade'),
    index('yield_reminders_by_question').on(t.channelId, t.questionId),
  ],
)

/** A step taken because a question stayed silent; each step once. */
export const escalations = pgTable(
  'escalations',
  {
    channelId: uuid().notNull(),
    questionId: uuid().notNull(),
    step: text().notNull(),
    takenAt: moment().notNull(),
    people: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.questionId, t.step] }),
    foreignKey({
      name: 'escalations_question_fk',
      columns: [t.channelId, t.questionId],
      foreignColumns: [questions.channelId, questions.id],
    }).onDelete('cascade'),
    index('escalations_by_question').on(t.channelId, t.questionId),
  ],
)
