import type { PersonState, SessionLevel } from '../actor.ts'
import { no, type Verdict, yes } from '../errors.ts'
import type { EditProfile, Visibility } from './schemas.ts'

/** How long a proof counts as fresh for changing the ways in. */
export const freshMinutes = 15

export type Proof = { level: SessionLevel; provenAt: Date }
export type Factors = { passkeys: number; totp: boolean }

/** Who has a passkey or an app with codes must use it before the ways in change: a mailbox alone may not take them away. */
export function mayChangeSignIn(proof: Proof, factors: Factors, now: Date): Verdict {
  const isFresh = now.getTime() - proof.provenAt.getTime() <= freshMinutes * 60_000
  const isStrong = factors.passkeys > 0 || factors.totp
  return isFresh && (proof.level === 2 || !isStrong) ? yes : no('step_up_required')
}

/** What a paused person may still change: who sees them, and their language. The rest is text that others read. */
const notWriting: ReadonlySet<string> = new Set(['visibility', 'locale', 'regionCode'])

/** May this person make these changes to their own profile? */
export function mayEditProfile(person: { state: PersonState }, changes: EditProfile): Verdict {
  if (person.state === 'active') return yes
  return Object.keys(changes).every((field) => notWriting.has(field)) ? yes : no('account_paused')
}

/** Does this reader see a field with this visibility? The view `person_cards` says the same in SQL. */
export function maySeeField(visibility: Visibility, reader: { isMember: boolean; isSelf: boolean }): boolean {
  return reader.isSelf || visibility === 'everyone' || (visibility === 'members' && reader.isMember)
}
