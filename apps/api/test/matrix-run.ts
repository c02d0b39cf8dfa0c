import type { LightMyRequestResponse } from 'fastify'
import { leaksIn } from './matrix-canaries.ts'
import { callersOf, type Outcome, type Route } from './matrix-expectations.ts'
import type { Call, Sample } from './matrix-sample.ts'
import { samples } from './matrix-samples.ts'
import { samplePage } from './matrix-samples-pages.ts'
import { type ActorName, givenActor, type World } from './matrix-world.ts'

export type Run = {
  outcomes: Map<string, Map<string, Map<ActorName, Outcome>>>
  /** Where something went wrong, in words. */
  leaks: string[]
  crashes: string[]
  changedThoughRefused: string[]
  headers: Map<string, { status: number; headers: LightMyRequestResponse['headers'] }[]>
}

export const keyOf = ({ method, url }: Pick<Route, 'method' | 'url'>): string => `${method} ${url}`
export const sampleOf = (route: Route): Sample | undefined =>
  samples[keyOf(route)] ?? samplePage(route.method, route.url)

let calls = 0
/** One request from a network of its own, so that no throttle of another call is met. */
export async function send(
  { app }: World,
  method: string,
  { path, body, headers }: Call,
  cookies: Record<string, string>,
) {
  calls++
  const isStream = path.includes('/stream')
  const response = await app.inject({
    method: method as 'GET', // Declared routes have these methods only.
    url: path,
    remoteAddress: `10.${(calls >> 16) & 255}.${(calls >> 8) & 255}.${calls & 255}`,
    headers: { 'x-meedenk': '1', 'sec-fetch-site': 'same-origin', ...headers },
    cookies,
    // A stream has no end to wait for.
    ...(isStream ? { payloadAsStream: true as const } : {}),
    ...(body === undefined ? {} : { payload: body as object }),
  })
  if (!isStream) return { response, text: response.payload }
  const stream = response.stream()
  if (response.statusCode === 200) {
    stream.destroy()
    return { response, text: '' }
  }
  let text = ''
  for await (const chunk of stream) text += String(chunk)
  return { response, text }
}

/** Calls every route as every actor about every object, and keeps what came back. */
export async function runMatrix(world: World, routes: Route[]): Promise<Run> {
  const run: Run = { outcomes: new Map(), leaks: [], crashes: [], changedThoughRefused: [], headers: new Map() }
  for (const route of routes) {
    const sample = sampleOf(route)
    if (!sample) continue
    const byObject = new Map<string, Map<ActorName, Outcome>>()
    for (const object of sample.objects ?? ['-']) {
      const byActor = new Map<ActorName, Outcome>()
      for (const actor of callersOf(route, sample, object))
        byActor.set(actor, await tryOut(world, run, route, sample, actor, object))
      byObject.set(object, byActor)
    }
    run.outcomes.set(keyOf(route), byObject)
  }
  return run
}

async function tryOut(
  world: World,
  run: Run,
  route: Route,
  sample: Sample,
  actor: ActorName,
  object: string,
): Promise<Outcome> {
  const key = keyOf(route)
  const person = sample.alone && actor !== 'visitor' ? await givenActor(world.database, actor) : undefined
  if (actor === 'revoked' && person) world.app.revokedSessions.set(person.sessionId, Date.now() + 3_600_000)
  const call = await sample.make(world, actor, object, person)
  const changes = route.method !== 'GET'
  const before = changes ? await fingerprint(world) : ''
  const { response, text } = await send(world, route.method, call, world.cookiesOf(actor, person))
  const place = `${key} of ${object} as ${actor}`
  const { statusCode: status, headers } = response
  run.headers.set(key, [...(run.headers.get(key) ?? []), { status, headers }])
  if (status >= 500) run.crashes.push(`${place}: ${status}`)
  for (const scope of leaksIn(text + JSON.stringify(headers), actor, key)) run.leaks.push(`${place} shows ${scope}`)
  if (text.includes(world.sealer.personId)) run.leaks.push(`${place} shows the id behind a seal`)
  if (changes && status >= 400 && (await fingerprint(world)) !== before) run.changedThoughRefused.push(place)
  const isProblem = String(headers['content-type']).includes('problem+json')
  return { status, code: isProblem ? JSON.parse(text).code : '' }
}

/** Changes when anything people wrote changes. */
async function fingerprint({ database }: World): Promise<string> {
  const { rows } = await database.owner.query<{ mark: string }>(
    `select concat_ws(' ', (select count(*) from events where type not in ('sign_in.requested')), (select sum(version) from people),
      (select count(*) from thanks), (select count(*) from me_toos), (select count(*) from saved_questions), (select count(*) from drafts),
      (select sum(version) + count(hidden_at) + count(withdrawn_at) + count(closed_at) + count(yield_at) from questions),
      (select sum(version) + count(hidden_at) + count(withdrawn_at) + count(helped_at) from answers), (select count(*) from reports),
      (select count(*) from moderation_decisions), (select count(*) from seal_openings), (select count(*) from notices where state <> 'new')) as mark`,
  )
  return rows[0]?.mark ?? ''
}
