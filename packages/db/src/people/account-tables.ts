import { index, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, citext, moment, newId } from '../columns.ts'
import { people } from './tables.ts'

const personId = () =>
  uuid()
    .notNull()
    .references(() => people.id, { onDelete: 'cascade' })

/** A code sent to an address before something that cannot happen by accident; dies like the code to sign in. */
export const confirmations = pgTable(
  'confirmations',
  {
    id: newId().primaryKey(),
    personId: personId(),
    purpose: text().notNull(),
    /** Where the code goes: the new address, or the own one. */
    email: citext().notNull(),
    codeHash: bytes().notNull(),
    codeSealed: bytes().notNull(),
    wrongCodes: smallint().notNull().default(0),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
  },
  (t) => [index('confirmations_by_person').on(t.personId, t.createdAt)],
)

/** An account that moved to another address; its old address can take it back for three days. */
export const emailMoves = pgTable(
  'email_moves',
  {
    id: newId().primaryKey(),
    personId: personId(),
    oldEmail: citext().notNull(),
    newEmail: citext().notNull(),
    movedAt: moment().notNull(),
    undoUntil: moment().notNull(),
    undoneAt: moment(),
  },
  (t) => [index('email_moves_by_person').on(t.personId, t.movedAt), index('email_moves_by_old_email').on(t.oldEmail)],
)
