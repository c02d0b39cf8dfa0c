import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, moment, newId } from '../columns.ts'
import { people } from '../people/tables.ts'

/** Somebody who stops, and may come back until the day it is carried out; the row goes with the person. */
export const departures = pgTable(
  'departures',
  {
    personId: uuid()
      .primaryKey()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** What becomes of what they wrote: without_name, with_name or erase. */
    contributions: text().notNull(),
    /** Coming back is no way out of a pause by the moderation. */
    stateBefore: text().notNull(),
    requestedAt: moment().notNull(),
    dueAt: moment().notNull(),
  },
  (t) => [index('departures_by_due').on(t.dueAt)],
)

/** Everything the house knows of a person, to take along: a page to read and data for a program. */
export const exports = pgTable(
  'exports',
  {
    id: newId().primaryKey(),
    personId: uuid()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    requestedAt: moment().notNull(),
    readyAt: moment(),
    expiresAt: moment().notNull(),
    page: bytes(),
    data: bytes(),
  },
  (t) => [index('exports_by_person').on(t.personId, t.requestedAt), index('exports_by_expiry').on(t.expiresAt)],
)
