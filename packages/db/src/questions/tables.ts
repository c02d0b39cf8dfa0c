import { type SQL, sql } from 'drizzle-orm'
import { bigint, check, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
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
