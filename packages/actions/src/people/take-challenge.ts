import { passkeyChallenges } from '@meedenk/db/schema'
import { atTheDoor } from '@meedenk/db/tenancy'
import { ProductError } from '@meedenk/domain/errors'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { type Context, one } from '../context.ts'
import { whoIsAtTheDoor } from './start-session.ts'

export type ChallengePurpose = 'add' | 'sign_in' | 'step_up'
const minutesValid = 5

/** Keeps a challenge for one answer; gives its id. */
export function keepChallenge(context: Context, purpose: ChallengePurpose, challenge: string): Promise<string> {
  const { db, now } = context
  const personId = personOf(context, purpose)
  const expiresAt = new Date(now.getTime() + minutesValid * 60_000)
  return atTheDoor(db, whoIsAtTheDoor(context), async (tx) => {
    const kept = await tx
      .insert(passkeyChallenges)
      .values({ challenge, purpose, personId, expiresAt })
      .returning({ id: passkeyChallenges.id })
    return one(kept).id
  })
}

/** Uses a challenge up, also when the answer turns out to be wrong. */
export function takeChallenge(context: Context, purpose: ChallengePurpose, id: string): Promise<string> {
  const { db, now } = context
  const personId = personOf(context, purpose)
  return atTheDoor(db, whoIsAtTheDoor(context), async (tx) => {
    const [taken] = await tx
      .update(passkeyChallenges)
      .set({ usedAt: now })
      .where(
        and(
          eq(passkeyChallenges.id, id),
          eq(passkeyChallenges.purpose, purpose),
          personId ? eq(passkeyChallenges.personId, personId) : isNull(passkeyChallenges.personId),
          isNull(passkeyChallenges.usedAt),
          gt(passkeyChallenges.expiresAt, now),
        ),
      )
      .returning({ challenge: passkeyChallenges.challenge })
    if (!taken) throw new ProductError('passkey_refused')
    return taken.challenge
  })
}

function personOf({ actor }: Context, purpose: ChallengePurpose): string | null {
  return purpose !== 'sign_in' && actor.kind === 'person' ? actor.personId : null
}
