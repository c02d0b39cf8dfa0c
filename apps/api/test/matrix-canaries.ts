import { type ActorName, moderators, strangers } from './matrix-world.ts'

/** Who may see a scope, the middle part of a canary `KAN-<scope>-…`; a scope that is not here is nobody's. */
const readers: Record<string, (actor: ActorName, route: string) => boolean> = {
  open: () => true,
  // Written for these tests by whoever calls: what one types comes back.
  typed: () => true,
  members: (actor) => !strangers.includes(actor),
  hidden: (actor) => actor === 'asker' || moderators.includes(actor),
  withdrawn: (actor) => actor === 'asker' || moderators.includes(actor),
  hiddenanswer: (actor) => actor === 'writer' || moderators.includes(actor),
  withdrawnanswer: (actor) => actor === 'writer' || moderators.includes(actor),
  closeda: (actor) => actor === 'insider',
  report: (actor) => moderators.includes(actor),
  // The one place where a seal is opened, by a moderator, with a reason.
  seal: (actor, route) => moderators.includes(actor) && route === 'POST /api/v1/moderation/seals/:subjectId/opening',
}

const isMine = (scope: string, actor: ActorName) => scope === `mine${actor}` && !strangers.includes(actor)

/** The scopes of the canaries in a text. */
export function scopesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/kan-([a-z]+)-/gi)].map(([, scope = '']) => scope.toLowerCase()))]
}

/** The scopes in a text that this actor may not see on this route. */
export function leaksIn(text: string, actor: ActorName, route: string): string[] {
  return scopesIn(text).filter((scope) => !isMine(scope, actor) && !readers[scope]?.(actor, route))
}
