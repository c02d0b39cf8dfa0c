import { sql } from 'drizzle-orm'
import { foreignKey, index, pgTable, primaryKey, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'
import { moment, newId } from '../columns.ts'
import { people } from '../people/tables.ts'
import { questions } from '../questions/tables.ts'

/** A mail to one person that carries one or more notices; content is read when it is sent. */
export const mails = pgTable(
  'mails',
  {
    id: newId().primaryKey(),
    /** Null for mail to an address that has no account yet. */
    personId: uuid().references(() => people.id, { onDelete: 'cascade' }),
    /** Address of a mail without an account: a sign-in code; emptied once sent. */
    address: text(),
    template: text().notNull(),
    /** The row the template reads, such as a sign-in attempt. */
    subjectId: uuid(),
    queuedAt: moment().notNull(),
    sentAt: moment(),
    failedAt: moment(),
    attempts: smallint().notNull().default(0),
  },
  (t) => [
    index('mails_by_person').on(t.personId),
    index('mails_unsent').on(t.queuedAt).where(sql`sent_at is null and failed_at is null`),
    unique('mails_template_subject').on(t.template, t.subjectId, t.personId),
  ],
)

/** Everything that waits for a person: routed questions (the routing record) and all other notices, in one table (decision 0004). */
export const notices = pgTable(
  'notices',
  {
    personId: uuid()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    id: newId().notNull(),
    kind: text().notNull(),
    channelId: uuid().notNull(),
    questionId: uuid(),
    /** What it is about: the question itself, an answer, a report, a session. */
    subjectId: uuid().notNull(),
    /** Why it came to this person: theme slugs, or the escalation step. */
    because: text(),
    state: text().notNull().default('new'),
    addedAt: moment().notNull(),
    handledAt: moment(),
    until: moment(),
    /** When it should travel by mail; null when this person wants no mail of this kind. */
    mailDueAt: moment(),
    mailId: uuid().references(() => mails.id, { onDelete: 'set null' }),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.id] }),
    unique('notices_once').on(t.personId, t.kind, t.subjectId),
    foreignKey({
      name: 'notices_question_fk',
      columns: [t.channelId, t.questionId],
      foreignColumns: [questions.channelId, questions.id],
    }).onDelete('cascade'),
    index('notices_by_question').on(t.channelId, t.questionId),
    index('notices_inbox').on(t.personId, t.addedAt.desc(), t.id.desc()),
    index('notices_unread').on(t.personId).where(sql`state = 'new'`),
    index('notices_to_mail').on(t.mailDueAt).where(sql`mail_due_at is not null and mail_id is null`),
    index('notices_by_mail').on(t.mailId).where(sql`mail_id is not null`),
  ],
)

/** Rows only where a person chose otherwise than the default pace. */
export const paceSettings = pgTable(
  'pace_settings',
  {
    personId: uuid()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    kind: text().notNull(),
    pace: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.kind] })],
)
export const mailPauses = pgTable('mail_pauses', {
  personId: uuid()
    .primaryKey()
    .references(() => people.id, { onDelete: 'cascade' }),
  until: moment().notNull(),
})
