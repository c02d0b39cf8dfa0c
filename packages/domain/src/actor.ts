/** How strongly the session was proven (SECURITY 2, R33-R34): 1 mail or password, 2 passkey or TOTP. */
export type SessionLevel = 1 | 2

export type Visitor = { kind: 'visitor' }
export type Person = {
  kind: 'person'
  personId: string
  sessionId: string
  level: SessionLevel
  platformRole: PlatformRole
  state: PersonState
}
/**
 * Work without a person behind it: a job, or the sign-in door before anybody is known. With `personId` the walls let it
 * reach what belongs to that one person, for jobs that gather or erase it.
 */
export type System = { kind: 'system'; job: string; channelId: string; personId?: string }
export type Actor = Visitor | Person | System

export const platformRoles = ['member', 'moderator', 'admin'] as const
export type PlatformRole = (typeof platformRoles)[number]

/** leaving: stopped of their own accord, and may still come back. */
export const personStates = ['active', 'paused', 'leaving', 'stopped'] as const
export type PersonState = (typeof personStates)[number]

export const visitor: Visitor = { kind: 'visitor' }

/** Moderators and admins of the plaza; channels have their own roles. */
export function isModerator(actor: Actor): boolean {
  return actor.kind === 'person' && actor.platformRole !== 'member'
}
