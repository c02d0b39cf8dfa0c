import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, moment, newId, xid8 } from '../columns.ts'

/** Audit trail, feed and outbox in one: written in the transaction of the fact itself. Ids and numbers only, never content. */
export const events = pgTable(
  'events',
  {
    id: newId().primaryKey(),
    // A sequence is not commit order; the pair (xid, id) under a snapshot horizon is (SECURITY 7.2).
    xid: xid8().notNull().default(sql`pg_current_xact_id()`),
    type: text().notNull(),
    channelId: uuid().notNull(),
    /** Null for anonymous acts: the log must not open the seal. */
    actorId: uuid(),
    subjectId: uuid(),
    questionId: uuid(),
    facts: jsonb().$type<Record<string, string | number | boolean | null>>().notNull().default({}),
    requestId: text(),
    happenedAt: moment().notNull(),
  },
  (t) => [
    index('events_by_cursor').on(t.xid, t.id),
    index('events_by_question').on(t.questionId, t.xid, t.id).where(sql`question_id is not null`),
    index('events_by_actor').on(t.actorId).where(sql`actor_id is not null`),
    index('events_by_channel').on(t.channelId, t.happenedAt),
  ],
)

/** How far a reader of `events` has come. */
export const cursors = pgTable('cursors', {
  name: text().primaryKey(),
  xid: xid8().notNull(),
  id: uuid().notNull(),
})

/** A job done for an event, written in the same transaction as its effect: running twice changes nothing. */
export const processedJobs = pgTable(
  'processed_jobs',
  { eventId: uuid().notNull(), job: text().notNull(), processedAt: moment().notNull() },
  (t) => [primaryKey({ columns: [t.eventId, t.job] }), index('processed_jobs_by_moment').on(t.processedAt)],
)

/** The answer to a POST that creates, kept a day, so that a repeated request creates nothing twice. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    personId: uuid().notNull(),
    key: text().notNull(),
    requestHash: bytes().notNull(),
    response: text(),
    createdAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.key] }), index('idempotency_keys_by_moment').on(t.createdAt)],
)

/** Counters of the throttle: they grow a delay, they never lock out. */
export const throttles = pgTable(
  'throttles',
  { key: text().primaryKey(), hits: integer().notNull(), resetsAt: moment().notNull() },
  (t) => [index('throttles_by_reset').on(t.resetsAt)],
)

/** One row per kind of regular work, so that two workers do not do it at once. */
export const rounds = pgTable('rounds', {
  name: text().primaryKey(),
  lastRunAt: moment().notNull(),
  runs: bigint({ mode: 'number' }).notNull().default(0),
})
