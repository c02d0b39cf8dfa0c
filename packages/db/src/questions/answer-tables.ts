import { sql } from 'drizzle-orm'
import { boolean, foreignKey, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { channels } from '../channels/tables.ts'
import { moment, newId } from '../columns.ts'
import { people } from '../people/tables.ts'
import { questions } from './tables.ts'

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
