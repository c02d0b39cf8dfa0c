import fastifyJwt from '@fastify/jwt'
import type { Context } from '@meedenk/actions/context'
import { readActorFacts, revokedSince } from '@meedenk/actions/people/read-session'
import { keyFor } from '@meedenk/actions/seal'
import { type Actor, isModerator, visitor } from '@meedenk/domain/actor'
import { ProductError } from '@meedenk/domain/errors'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Deps } from '../app.ts'
import type { Authz } from './authz.ts'
import { readIdempotency } from './idempotency.ts'

export const accessCookie = '__Host-access'
export const accessSeconds = 300

/** The access token: who and which session; rights are looked up, never carried. */
export type AccessToken = { sub: string; sid: string; lvl: 1 | 2; pat: number }

declare module '@fastify/jwt' {
  interface FastifyJWT {
    payload: AccessToken
    user: AccessToken
  }
}
declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor
    /** When the session was last proven, in seconds since 1970. */
    provenAt: number
    asContext(): Context
  }
  interface FastifyInstance {
    revokedSessions: Map<string, number>
  }
}

export const sessionPlugin = fp(async (app, deps: Deps) => {
  await app.register(fastifyJwt, {
    // A key of its own: what is signed or sealed elsewhere is never a token here.
    secret: keyFor(deps.secret, 'access-token'),
    cookie: { cookieName: accessCookie, signed: false },
    sign: { algorithm: 'HS256', iss: 'meedenk', aud: 'meedenk-web', expiresIn: accessSeconds },
    verify: { algorithms: ['HS256'], allowedIss: 'meedenk', allowedAud: 'meedenk-web', onlyCookie: true },
  })
  app.decorate('revokedSessions', new Map())
  app.decorateRequest('provenAt', 0)
  app.decorateRequest('actor')
  app.decorateRequest('asContext', function asContext(this: FastifyRequest): Context {
    return { db: deps.db, actor: this.actor, now: deps.clock(), requestId: this.id, idempotency: readIdempotency(this) }
  })
  watchRevocations(app.revokedSessions, deps, (stop) => app.addHook('onClose', stop))

  app.addHook('onRequest', (request, _reply, done) => {
    const authz = request.routeOptions.config.authz
    const admit = (actor: Actor) => {
      request.actor = actor
      refuseUnfit(request, authz, deps)
    }
    const found = findActor(request, app.revokedSessions, deps, expectationOf(authz, request.url))
    // Who has no session is not made to wait for anything.
    if (found instanceof Promise) found.then(admit).then(() => done(), done)
    else {
      admit(found)
      done()
    }
  })
})

function refuseUnfit({ actor, provenAt }: FastifyRequest, authz: Authz | undefined, deps: Deps): void {
  if (!authz || authz.who === 'everyone' || authz.who === 'door') return
  if (actor.kind !== 'person') throw new ProductError('sign_in_required')
  if (authz.who === 'moderator' && !isModerator(actor)) throw new ProductError('moderators_only')
  if (authz.level && actor.level < authz.level) throw new ProductError('step_up_required')
  if (authz.freshMinutes && deps.clock().getTime() / 1000 - provenAt > authz.freshMinutes * 60)
    throw new ProductError('step_up_required')
}

type Expectation = 'a session' | 'a fresh answer' | 'nothing'

/**
 * What the page shows depends on who reads it, so a public answer of the API is not given to a member as to a visitor only
 * because five minutes passed. Pages themselves are: a reader without JavaScript cannot prolong a session.
 */
function expectationOf(authz: Authz | undefined, url: string): Expectation {
  if (authz?.who === 'person' || authz?.who === 'moderator') return 'a session'
  return authz?.who === 'everyone' && url.startsWith('/api/v1/') ? 'a fresh answer' : 'nothing'
}

function findActor(
  request: FastifyRequest,
  revoked: Map<string, number>,
  deps: Deps,
  expected: Expectation,
): Actor | Promise<Actor> {
  // The refresh cookie travels only to its own path, so this small one says that a session exists.
  const canProlong = expected !== 'nothing' && request.cookies['__Host-present'] !== undefined
  if (!request.cookies[accessCookie]) {
    if (canProlong) throw new ProductError('session_expired')
    return visitor
  }
  return findPerson(request, revoked, deps, expected === 'a session', canProlong)
}

async function findPerson(
  request: FastifyRequest,
  revoked: Map<string, number>,
  deps: Deps,
  needed: boolean,
  canProlong: boolean,
): Promise<Actor> {
  let token: AccessToken
  try {
    token = await request.jwtVerify<AccessToken>()
  } catch {
    if (needed || canProlong) throw new ProductError('session_expired')
    return visitor
  }
  if (revoked.has(token.sid)) {
    if (needed) throw new ProductError('session_revoked')
    return visitor
  }
  const facts = await factsOf(token.sub, deps)
  if (!facts || facts.state === 'stopped') return visitor
  request.provenAt = token.pat
  return { kind: 'person', personId: token.sub, sessionId: token.sid, level: token.lvl, ...facts }
}

type Facts = Awaited<ReturnType<typeof readActorFacts>>
const factsFor = 5000
const known = new WeakMap<object, Map<string, { facts: Facts; until: number }>>()

/** Role and state of a person, at most five seconds old; the database checks them again by itself. */
async function factsOf(personId: string, deps: Deps): Promise<Facts> {
  const cache = known.get(deps.db) ?? new Map()
  known.set(deps.db, cache)
  const now = Date.now()
  const hit = cache.get(personId)
  if (hit && hit.until > now) return hit.facts
  const facts = await readActorFacts(deps.db, personId)
  if (cache.size > 10_000) cache.clear()
  cache.set(personId, { facts, until: now + factsFor })
  return facts
}

/** Somebody's state just changed by their own act: here it counts from the next request on. */
export function forgetFacts(deps: Deps, personId: string): void {
  known.get(deps.db)?.delete(personId)
}

const tokensOutlive = (accessSeconds + 60) * 1000

/** Asks every two seconds which sessions ended, so that a revoked access token dies within five. */
function watchRevocations(revoked: Map<string, number>, deps: Deps, onClose: (stop: () => Promise<void>) => void) {
  let since = new Date(Date.now() - tokensOutlive)
  const look = async () => {
    const asked = new Date(Date.now() - 5000)
    for (const id of await revokedSince(deps.db, since)) revoked.set(id, Date.now())
    since = asked
    for (const [id, at] of revoked) if (at < Date.now() - tokensOutlive) revoked.delete(id)
  }
  const timer = setInterval(() => look().catch(() => undefined), 2000)
  timer.unref()
  look().catch(() => undefined)
  onClose(async () => clearInterval(timer))
}
