import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { moment, newId } from '../columns.ts'
import { people } from '../people/tables.ts'

/** A channel is the wall; the plaza is one too. */
export const channels = pgTable('channels', {
  id: newId().primaryKey(),
  slug: text().notNull().unique(),
  name: text().notNull(),
  kind: text().notNull(),
  createdAt: moment().notNull(),
})

export const channelMembers = pgTable(
  'channel_members',
  {
    channelId: uuid()
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    personId: uuid()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    role: text().notNull(),
    joinedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.personId] }), index('channel_members_by_person').on(t.personId)],
)
