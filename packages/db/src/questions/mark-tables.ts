import { foreignKey, index, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { moment } from '../columns.ts'
import { people } from '../people/tables.ts'
import { answers } from './answer-tables.ts'
import { questions } from './tables.ts'

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
