import { type Actor, isModerator } from '../actor.ts'
import { no, type Verdict, yes } from '../errors.ts'
import type { reportReasons } from './schemas.ts'

export type ReportReason = (typeof reportReasons)[number]

/** Within how many hours people hear what was decided; somebody who can be recognised cannot wait (UX 4.29). */
export const decideWithinHours = (reason: ReportReason): number => (reason === 'recognisable' ? 1 : 24)

/** Reports per network or person in an hour, and how many of those may hide a post by themselves. */
export const reportsPerHourMax = 30
export const automaticHidesPerHourMax = 3

/** Looking into reports, and everything else a moderator does. */
export function mayModerate(actor: Actor): Verdict {
  if (actor.kind !== 'person') return no('sign_in_required')
  if (!isModerator(actor)) return no('moderators_only')
  return actor.state === 'active' ? yes : no('account_paused')
}

type ReportFacts = { decided: boolean; wroteIt: boolean }

/** Deciding on a report: once, and never about one's own words. */
export function mayDecideReport(actor: Actor, facts: ReportFacts): Verdict {
  const verdict = mayModerate(actor)
  if (!verdict.allowed) return verdict
  if (facts.decided) return no('already_decided')
  return facts.wroteIt ? no('own_post') : yes
}

export type PostFacts = {
  hidden: boolean
  /** The last word of a moderator on this post; null when it was never looked at. */
  lastDecision: 'keep' | 'hide' | 'restore' | null
  wroteIt: boolean
}

/** Hiding or restoring without a report. A post that hid by itself may still be hidden with a reason. */
export function mayDecidePost(actor: Actor, decision: 'hide' | 'restore', facts: PostFacts): Verdict {
  const verdict = mayModerate(actor)
  if (!verdict.allowed) return verdict
  if (facts.wroteIt) return no('own_post')
  const isDone = decision === 'hide' ? facts.hidden && facts.lastDecision === 'hide' : !facts.hidden
  return isDone ? no('already_decided') : yes
}

/** What a decision does to the post: keeping shows again what hid by itself, and leaves alone what a moderator hid. */
export function effectOf(
  decision: 'keep' | 'hide' | 'restore',
  facts: Omit<PostFacts, 'wroteIt'>,
): 'hide' | 'restore' | null {
  if (decision === 'hide') return facts.hidden ? null : 'hide'
  if (!facts.hidden) return null
  return decision === 'restore' || facts.lastDecision !== 'hide' ? 'restore' : null
}
