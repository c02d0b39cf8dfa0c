import { sql } from 'drizzle-orm'
import { bigint, foreignKey, index, pgTable, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'
import { channels } from '../channels/tables.ts'
import { moment, newId } from '../columns.ts'
import { people } from '../people/tables.ts'

export const reports = pgTable(
  'reports',
  {
    id: newId().primaryKey(),
    number: bigint({ mode: 'number' }).notNull().generatedByDefaultAsIdentity({ startWith: 5001 }),
    channelId: uuid()
      .notNull()
      .references(() => channels.id),
    subjectKind: text().notNull(),
    subjectId: uuid().notNull(),
    reason: text().notNull(),
    explanation: text().notNull(),
    reporterId: uuid().references(() => people.id, { onDelete: 'set null' }),
    reporterName: text(),
    reporterEmail: text(),
    reportedAt: moment().notNull(),
    dueAt: moment().notNull(),
    decidedAt: moment(),
  },
  (t) => [
    unique('reports_number').on(t.number),
    unique('reports_channel_and_id').on(t.channelId, t.id),
    index('reports_open').on(t.dueAt, t.id).where(sql`decided_at is null`),
    index('reports_newest').on(t.reportedAt.desc(), t.id.desc()),
    index('reports_by_subject').on(t.subjectId),
    index('reports_by_reporter').on(t.reporterId).where(sql`reporter_id is not null`),
    index('reports_by_channel').on(t.channelId),
  ],
)

/** Every decision keeps its reason; the author receives it (DSA article 17). */
export const moderationDecisions = pgTable(
  'moderation_decisions',
  {
    id: newId().primaryKey(),
    channelId: uuid()
      .notNull()
      .references(() => channels.id),
    reportId: uuid(),
    subjectKind: text().notNull(),
    subjectId: uuid().notNull(),
    decision: text().notNull(),
    reason: text().notNull(),
    rule: smallint(),
    decidedBy: uuid()
      .notNull()
      .references(() => people.id),
    decidedAt: moment().notNull(),
  },
  (t) => [
    foreignKey({
      name: 'moderation_decisions_report_fk',
      columns: [t.channelId, t.reportId],
      foreignColumns: [reports.channelId, reports.id],
    }),
    index('moderation_decisions_by_subject').on(t.subjectId, t.decidedAt),
    index('moderation_decisions_by_report').on(t.channelId, t.reportId).where(sql`report_id is not null`),
    index('moderation_decisions_by_decider').on(t.decidedBy),
    index('moderation_decisions_by_channel').on(t.channelId),
  ],
)
