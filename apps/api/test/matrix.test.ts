import { givenDatabase } from '@meedenk/db/test/database'
import { describe, expect, it } from 'vitest'
import { scopesIn } from './matrix-canaries.ts'
import { isUnseen, type Route, refusalBy, renderOutcomes } from './matrix-expectations.ts'
import { succeedInFlows } from './matrix-flows.ts'
import { keyOf, runMatrix, sampleOf, send } from './matrix-run.ts'
import { samples } from './matrix-samples.ts'
import { givenMatrixWorld, type World } from './matrix-world.ts'

// The main gate (SECURITY 4.4): every route that was declared, as everybody, about everything; all texts are canaries.

const database = await givenDatabase()
const world = await givenMatrixWorld(database)
// The reader of the API comes with its library and has no data; its last address is a file.
const routes = world.app.declaredRoutes.filter(({ url }) => !url.startsWith('/api/docs'))

describe('every route as everybody', async () => {
  const run = await runMatrix(world, routes)
  const flowed = await succeedInFlows(world)

  it('has a request that this matrix makes', () => {
    expect(routes.filter((route) => !sampleOf(route)).map(keyOf)).toEqual([])
    expect(Object.keys(samples).filter((key) => !routes.some((route) => keyOf(route) === key))).toEqual([])
  })

  it('answers as matrix.expected.txt says; read each changed line before taking it over', async () => {
    const legend = [
      'What everybody gets, for each route and each object its address may name.',
      'Written by matrix.test.ts (vitest -u); every change of a line is a change of who may do what, so read it.',
    ]
    const blocks = [...run.outcomes].map(([route, outcomes]) => renderOutcomes(route, outcomes))
    await expect(`${legend.join('\n')}\n\n${blocks.join('\n\n')}\n`).toMatchFileSnapshot('./matrix.expected.txt')
  })

  it('refuses exactly whom its declared rule refuses', () => {
    const wrong = everyCall().filter(({ route, actor, outcome }) => {
      const refusal = refusalBy(route.authz, actor)
      if (refusal) return refusal.status !== outcome.status || refusal.code !== outcome.code
      const refusedBefore = ['session_revoked', 'moderators_only'].includes(outcome.code)
      return refusedBefore || (outcome.status === 401 && route.authz.who === 'person')
    })

    expect(wrong.map(({ place }) => place)).toEqual([])
  })

  it('says the same of what one may not see as of what is not there', () => {
    const told = everyCall().filter(({ route, object, actor, outcome }) => {
      if (!isUnseen(object, actor)) return false
      const nothing = run.outcomes.get(keyOf(route))?.get('none')?.get(actor)
      // That a question of the plaza was taken away is public: its address answers 410.
      const gone = nothing?.status === 404 && outcome.status === 410 && object !== 'closedA'
      return nothing !== undefined && !gone && (nothing.status !== outcome.status || nothing.code !== outcome.code)
    })

    expect(told.map(({ place, outcome }) => `${place}: ${outcome.status} ${outcome.code}`)).toEqual([])
  })

  it('succeeds for somebody', () => {
    const succeeded = everyCall()
      .filter(({ outcome }) => outcome.status < 400)
      .map(({ route }) => keyOf(route))
    const never = routes.map(keyOf).filter((key) => !succeeded.includes(key) && !flowed.includes(key))

    expect(never).toEqual([])
  })

  it('never crashes', () => {
    expect(run.crashes).toEqual([])
  })

  it('shows nobody a word they may not see, in body or headers', () => {
    expect(run.leaks).toEqual([])
  })

  it('changes nothing when it refuses', () => {
    expect(run.changedThoughRefused).toEqual([])
  })

  it('leaves no closed word in events, notices, mails, queues or logs', async () => {
    const tables = [
      'events',
      'notices',
      'mails',
      'processed_jobs',
      'idempotency_keys',
      'throttles',
      'cursors',
      'rounds',
      'sessions',
      'sign_in_attempts',
    ]
    const found: string[] = []
    for (const table of tables) {
      const { rows } = await database.owner.query(
        `select x::text as text from ${table} x where x::text ~* 'kan-(closed|hidden|withdrawn|seal)'`,
      )
      if (rows.length > 0) found.push(table)
    }
    // The address of a request is what was asked, not what is kept; server.ts logs its path only.
    const logged = scopesIn(world.logs.map((line) => JSON.stringify({ ...JSON.parse(line), req: undefined })).join(''))

    expect(found).toEqual([])
    expect(world.logs.length).toBeGreaterThan(100)
    expect(logged).toEqual([])
  })

  it('is described in the OpenAPI document, and nothing else is', () => {
    const { paths = {} } = world.app.swagger() as { paths?: Record<string, object> }
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const declared = routes
      .filter(({ url }) => url.startsWith('/api/v1'))
      .map((route) => keyOf(route).replace(/:(\w+)/g, '{$1}'))

    expect(described.toSorted()).toEqual(declared.toSorted())
  })

  it('carries the headers that protect its reader, whatever it answers', () => {
    const bare: string[] = []
    for (const route of routes) {
      for (const { status, headers } of run.headers.get(keyOf(route)) ?? []) {
        const kept = String(headers['cache-control'] ?? '')
        const isPersonal = route.authz.who !== 'everyone' || status >= 400
        const isApi = route.url.startsWith('/api/v1')
        const problems = [
          String(headers['content-security-policy']).includes("default-src 'none'") ? '' : 'no policy',
          /script-src[^;]*unsafe/.test(String(headers['content-security-policy'])) ? 'loose policy' : '',
          String(headers['content-security-policy']).includes("frame-ancestors 'none'") ? '' : 'may be framed',
          headers['x-content-type-options'] === 'nosniff' ? '' : 'may be sniffed',
          headers['referrer-policy'] === 'same-origin' ? '' : 'tells where one came from',
          headers['cross-origin-opener-policy'] === 'same-origin' ? '' : 'may be opened by others',
          headers['cross-origin-resource-policy'] === 'same-origin' ? '' : 'may be loaded by others',
          headers['x-powered-by'] || headers['access-control-allow-origin'] ? 'says too much' : '',
          isApi && isPersonal && !kept.includes('no-store') ? `kept: ${kept}` : '',
        ].filter(Boolean)
        if (problems.length > 0) bare.push(`${keyOf(route)} ${status}: ${problems.join(', ')}`)
      }
    }

    expect([...new Set(bare)]).toEqual([])
  })

  it('sets no cookie but the session’s, out of reach of scripts', () => {
    const cookies = [...run.headers.values()].flat().flatMap(({ headers }) => [headers['set-cookie'] ?? []].flat())
    const loose = cookies.filter(
      (cookie) => !/^__(Host|Secure)-\w+=[^;]*; .*HttpOnly; Secure; SameSite=(Lax|Strict)$/.test(cookie),
    )

    expect(loose).toEqual([])
  })

  function everyCall() {
    return routes.flatMap((route) =>
      [...(run.outcomes.get(keyOf(route)) ?? [])].flatMap(([object, byActor]) =>
        [...byActor].map(([actor, outcome]) => ({
          route,
          object,
          actor,
          outcome,
          place: `${keyOf(route)} of ${object} as ${actor}`,
        })),
      ),
    )
  }
})

describe('every change', () => {
  const changing = routes.filter(({ method, authz }) => method !== 'GET' && !authz.fromOtherSites)
  const attempts: [string, Record<string, string>, unknown?][] = [
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from another subdomain', { 'sec-fetch-site': 'same-site' }],
    ['by a link somebody typed', { 'sec-fetch-site': 'none' }],
    ['from another origin, by an old browser', { 'sec-fetch-site': '', origin: 'https://elders.test' }],
    ['without our own header', { 'x-meedenk': '' }],
  ]

  it.each(attempts)('is refused %s', async (_how, headers) => {
    const passed = await tryAll(world, headers)
    expect(passed).toEqual([])
  })

  it('is refused as a form or as plain text', async () => {
    const passed: string[] = []
    for (const route of changing) {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
        const who = callerOf(route)
        const { path } = (await sampleOf(route)?.make(world, who, 'none', undefined)) ?? { path: '/' }
        const { response } = await send(
          world,
          route.method,
          { path, body: 'a=1', headers: { 'content-type': type } },
          world.cookiesOf(who),
        )
        if (response.statusCode !== 415) passed.push(`${keyOf(route)} as ${type}: ${response.statusCode}`)
      }
    }
    expect(passed).toEqual([])
  })

  const callerOf = ({ authz }: Route) => (authz.who === 'moderator' ? 'moderator' : 'asker')

  async function tryAll({ cookiesOf }: World, headers: Record<string, string>): Promise<string[]> {
    const passed: string[] = []
    for (const route of changing) {
      const sample = sampleOf(route)
      const call = await sample?.make(world, callerOf(route), sample.objects?.[0] ?? '-', undefined)
      if (!call) continue
      const given = Object.fromEntries(
        Object.entries({ 'x-meedenk': '1', 'sec-fetch-site': 'same-origin', ...call.headers, ...headers }).filter(
          ([, value]) => value !== '',
        ),
      )
      const response = await world.app.inject({
        method: route.method as 'POST', // Declared routes have these methods only.
        url: call.path,
        headers: given,
        cookies: cookiesOf(callerOf(route)),
        ...(call.body === undefined ? {} : { payload: call.body as object }),
      })
      if (response.statusCode !== 403 || !response.payload.includes('foreign_origin'))
        passed.push(`${keyOf(route)}: ${response.statusCode}`)
    }
    return passed
  }
})
