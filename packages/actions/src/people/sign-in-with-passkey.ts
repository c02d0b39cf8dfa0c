import { people } from '@meedenk/db/schema'
import { atTheDoor } from '@meedenk/db/tenancy'
import { ProductError } from '@meedenk/domain/errors'
import type { PasskeyAnswer } from '@meedenk/domain/people/sign-in-schemas'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { type Limit, throttle } from '../throttle.ts'
import { checkPasskey } from './check-passkey.ts'
import type { CameIn } from './enter-code.ts'
import { type DoorContext, startSession, whoIsAtTheDoor } from './start-session.ts'

const perNetwork: Limit = { name: 'sign-in-passkey', free: 100, baseSeconds: 1, mostSeconds: 30, windowSeconds: 600 }

/** Signs in with a passkey, without saying who one is; as strong as it gets. */
export async function signInWithPasskey(context: DoorContext, answer: z.output<typeof PasskeyAnswer>): Promise<CameIn> {
  const { db, now, network } = context
  await throttle(db, now, [[perNetwork, network]])
  const personId = await checkPasskey(context, 'sign_in', answer)
  return atTheDoor(db, whoIsAtTheDoor(context), async (tx) => {
    const [person] = await tx.select({ state: people.state }).from(people).where(eq(people.id, personId))
    if (!person || person.state === 'stopped') throw new ProductError('gone')
    return {
      session: await startSession(tx, context, { personId, level: 2, method: 'passkey' }),
      next: null,
      firstTime: false,
    }
  })
}
