import type { Authz } from '../src/plugins/authz.ts'
import type { Sample } from './matrix-sample.ts'
import { type ActorName, actorNames, moderators, strangers } from './matrix-world.ts'

export type Route = { method: string; url: string; authz: Authz }
export type Outcome = { status: number; code: string }

const refuse = (status: number, code: string): Outcome => ({ status, code })

/** What the declared rule of a route says to an actor before anything is looked at; undefined when it lets them in. */
export function refusalBy({ who, freshMinutes }: Authz, actor: ActorName): Outcome | undefined {
  if (who === 'everyone' || who === 'door') return undefined
  if (actor === 'revoked') return refuse(401, 'session_revoked')
  if (actor === 'expired') return refuse(401, 'session_expired')
  if (strangers.includes(actor)) return refuse(401, 'sign_in_required')
  if (who === 'moderator' && !moderators.includes(actor)) return refuse(403, 'moderators_only')
  if (freshMinutes && actor === 'stale') return refuse(403, 'step_up_required')
  return undefined
}

/** Who besides the first object also tries the others: one of each relation to a post. */
const involved: readonly ActorName[] = ['member', 'asker', 'writer', 'insider', 'moderator']

/** Who calls a route about an object. */
export function callersOf({ authz }: Route, { actors, objects = ['-'] }: Sample, object: string): readonly ActorName[] {
  const all = (actors ?? actorNames).filter((name) => name !== 'stale' || authz.freshMinutes !== undefined)
  if (object === objects[0]) return all
  return all.filter((name) => involved.includes(name) || (name === 'visitor' && authz.who === 'everyone'))
}

/** Objects that are not there for this actor, so that the answer must be that of an id nobody has. */
export function isUnseen(object: string, actor: ActorName): boolean {
  if (object === 'closedA') return actor !== 'insider'
  if (object === 'hidden' || object === 'withdrawn') return !['asker', 'writer', ...moderators].includes(actor)
  return object === 'others'
}

/** The answers as text with a line for each object, who got the same beside each other. */
export function renderOutcomes(route: string, outcomes: Map<string, Map<ActorName, Outcome>>): string {
  const lines = [...outcomes].map(([object, byActor]) => {
    const groups = new Map<string, ActorName[]>()
    for (const [actor, { status, code }] of byActor) {
      const said = `${status}${code ? ` ${code}` : ''}`
      groups.set(said, [...(groups.get(said) ?? []), actor])
    }
    const all = [...groups].toSorted(([a], [b]) => a.localeCompare(b)).map(([said, who]) => `${said}: ${who.join(' ')}`)
    return `  ${object.padEnd(10)} ${all.join(' | ')}`
  })
  return [route, ...lines].join('\n')
}
