import { accounts, passwords, people } from '@meedenk/db/schema'
import { atTheDoor } from '@meedenk/db/tenancy'
import { ProductError } from '@meedenk/domain/errors'
import type { SignInWithPassword } from '@meedenk/domain/people/sign-in-schemas'
import { and, eq, ne } from 'drizzle-orm'
import type { z } from 'zod'
import { forgive, type Limit, throttle } from '../throttle.ts'
import type { CameIn } from './enter-code.ts'
import { isPassword } from './hash-password.ts'
import { type DoorContext, startSession, whoIsAtTheDoor } from './start-session.ts'

const perAddress: Limit = { name: 'password', free: 5, baseSeconds: 5, mostSeconds: 300, windowSeconds: 3600 }
const perNetwork: Limit = { name: 'password-network', free: 50, baseSeconds: 1, mostSeconds: 30, windowSeconds: 600 }

/** Signs in with a password. An address without one costs as much and gets the same refusal. */
export async function signInWithPassword(
  context: DoorContext,
  input: z.output<typeof SignInWithPassword>,
): Promise<CameIn> {
  const { db, now, network } = context
  await throttle(db, now, [
    [perAddress, input.email],
    [perNetwork, network],
  ])
  const who = whoIsAtTheDoor(context)
  const [account] = await atTheDoor(db, who, (tx) =>
    tx
      .select({ personId: accounts.personId, hash: passwords.hash })
      .from(accounts)
      .innerJoin(people, and(eq(people.id, accounts.personId), ne(people.state, 'stopped')))
      .leftJoin(passwords, eq(passwords.personId, accounts.personId))
      .where(eq(accounts.email, input.email)),
  )
  const matches = await isPassword(account?.hash ?? undefined, input.password)
  if (!account || !matches) throw new ProductError('wrong_password')
  return atTheDoor(db, who, async (tx) => {
    await forgive(tx, perAddress, input.email)
    const session = await startSession(tx, context, { personId: account.personId, level: 1, method: 'password' })
    return { session, next: null, firstTime: false }
  })
}
