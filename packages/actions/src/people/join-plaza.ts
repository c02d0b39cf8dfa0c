import { randomBytes } from 'node:crypto'
import type { Tx } from '@meedenk/db/connection'
import { accounts, emailMoves, people } from '@meedenk/db/schema'
import { ProductError } from '@meedenk/domain/errors'
import en from '@meedenk/domain/locales/people.en.json' with { type: 'json' }
import nl from '@meedenk/domain/locales/people.nl.json' with { type: 'json' }
import { newHandle } from '@meedenk/domain/people/handle'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { type Context, one, record } from '../context.ts'
import { lockAddress } from './change-email.ts'
import { inTheNameOf } from './start-session.ts'

type Proven = { email: string; locale: string }

/** The person of an address that was just proven; who comes for the first time becomes a member here. */
export async function joinPlaza(
  tx: Tx,
  context: Context,
  proven: Proven,
): Promise<{ personId: string; firstTime: boolean }> {
  // Two devices may prove the same new address at once.
  await lockAddress(tx, proven.email)
  const [known] = await tx
    .select({ personId: people.id, state: people.state })
    .from(accounts)
    .innerJoin(people, eq(people.id, accounts.personId))
    .where(eq(accounts.email, proven.email))
  if (known?.state === 'stopped') throw new ProductError('gone')
  if (known) return { personId: known.personId, firstTime: false }
  const { now } = context
  const moved = await tx
    .select({ id: emailMoves.id })
    .from(emailMoves)
    .where(and(eq(emailMoves.oldEmail, proven.email), isNull(emailMoves.undoneAt), gt(emailMoves.undoUntil, now)))
  // Whoever may still take an account back must not be given an empty one in its place.
  if (moved.length > 0) throw new ProductError('email_moved')
  const locale = proven.locale === 'en' ? 'en' : 'nl'
  // The builder would name every column, and a newcomer may only fill these.
  const { rows } = await tx.execute<{ id: string }>(sql`
    insert into people (handle, name, locale, joined_at)
    values (${newHandle(randomLetters(8))}, ${{ nl, en }[locale].newMember}, ${locale}, ${now.toISOString()}::timestamptz) returning id`)
  const { id: personId } = one(rows)
  await tx.insert(accounts).values({ personId, email: proven.email, confirmedAt: now })
  await record(tx, inTheNameOf(context, personId, personId), { type: 'person.joined', subjectId: personId })
  return { personId, firstTime: true }
}

// 32 signs, so that each byte gives one without preferring any.
const signs = 'abcdefghijkmnpqrstuvwxyz23456789'
const randomLetters = (length: number) => Array.from(randomBytes(length), (byte) => signs[byte % 32]).join('')
