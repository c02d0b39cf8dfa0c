import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson, recordedEvents } from '@meedenk/db/test/factories'
import { SessionView } from '@meedenk/domain/people/schemas'
import { LinkOpened, SignedIn, SignInRequested } from '@meedenk/domain/people/sign-in-schemas'
import { afterEach, describe, expect, it } from 'vitest'
import { givenApi } from '../../test/api.ts'
import { givenBrowser, readSignInMail, signIn } from '../../test/browser.ts'

const database = await givenDatabase()
const api = await givenApi(database)
let serial = 0
const newAddress = () => `nieuw-${++serial}@voorbeeld.test`
const codeOtherThan = (code: string) => (code === '111111' ? '222222' : '111111')

afterEach(() => {
  api.clock.now = null
})

async function givenAttempt(email = newAddress(), more: object = {}) {
  const browser = givenBrowser(api)
  const asked = await browser.call('POST', '/sign-in/attempts', { email, ...more })
  const { attemptId, expiresAt } = SignInRequested.parse(asked.body)
  const mail = await readSignInMail(database, attemptId)
  return {
    browser,
    email,
    asked,
    attemptId,
    expiresAt,
    ...mail,
    enter: (code: string, from = browser) => from.call('POST', `/sign-in/attempts/${attemptId}/code`, { code }),
  }
}

describe('asking for a mail', () => {
  it('ties the attempt to this browser and tells the worker, without a word in the event', async () => {
    const { asked, attemptId, code, email } = await givenAttempt()

    expect(asked.setCookies).toHaveLength(1)
    expect(asked.setCookies[0]).toMatch(/^__Host-door=[\w-]{43}; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    expect(await recordedEvents(database, attemptId)).toEqual([{ type: 'sign_in.requested', actor_id: null }])
    const { rows } = await database.owner.query(
      'select to_jsonb(e) as event, to_jsonb(a) as attempt from events e join sign_in_attempts a on a.id = e.subject_id where a.id = $1',
      [attemptId],
    )
    expect(JSON.stringify(rows[0].event)).not.toContain(email)
    expect(JSON.stringify(rows[0].attempt)).not.toContain(code)
  })

  it('answers the same for a known and an unknown address, about as fast', async () => {
    const known = await Promise.all(Array.from({ length: 60 }, () => givenPerson(database)))
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
    const shapes = new Set<string>()
    for (const [turn, { email }] of known.entries()) {
      const pair = [
        ['known', email],
        ['unknown', newAddress()],
      ] as const
      for (const [kind, address] of turn % 2 === 0 ? pair : pair.toReversed()) {
        const browser = givenBrowser(api)
        const before = performance.now()
        const { status, body, headers } = await browser.call('POST', '/sign-in/attempts', { email: address })
        times[kind].push(performance.now() - before)
        shapes.add(JSON.stringify([status, Object.keys(body), body.resendAfterSeconds, Object.keys(headers).sort()]))
      }
    }
    // A quarter and not the middle: on a busy machine the slower half tells about the neighbours.
    const quarter = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 4)] ?? 0
    const [known25, unknown25] = [quarter(times.known), quarter(times.unknown)]
    expect(shapes.size).toBe(1)
    expect(Math.abs(known25 - unknown25)).toBeLessThan(10 + 0.6 * Math.min(known25, unknown25))
  })

  it.each([
    [{}],
    [{ email: '' }],
    [{ email: 'geen adres' }],
    [{ email: 5 }],
    [{ email: 'a@b.nl', extra: true }],
    [{ email: `${'a'.repeat(400)}@b.nl` }],
    [{ email: 'a@b.nl', next: 'https://elders.test' }],
    [{ email: 'a@b.nl', next: '//elders.test' }],
    [{ email: 'a@b.nl', next: '/\\elders.test' }],
    [{ email: 'a@b.nl', next: '/vragen\u0000' }],
    [{ email: 'a@b.nl', locale: 'de' }],
    [{ email: '\ud800@b.nl' }],
    [{ email: '🎈@b.nl' }],
  ])('refuses %j', async (body) => {
    const answer = await givenBrowser(api).call('POST', '/sign-in/attempts', body)
    expect(answer.status).toBe(422)
    expect(answer.body.code).toBe('invalid_input')
  })

  it('reads an address without the signs nobody sees', async () => {
    const { attemptId } = await givenAttempt('\u202eA\u0000nn@Voorbeeld.test ')
    const { rows } = await database.owner.query('select email from sign_in_attempts where id = $1', [attemptId])
    expect(rows[0].email).toBe('ann@voorbeeld.test')
  })

  it('slows down after five mails to one address, also through another process, and never shuts', async () => {
    const other = await givenApi(database)
    api.clock.now = other.clock.now = new Date()
    const email = newAddress()
    const ask = (through: typeof api) => givenBrowser(through).call('POST', '/sign-in/attempts', { email })
    for (let n = 0; n < 5; n++) expect((await ask(n % 2 === 0 ? api : other)).status).toBe(202)

    const refused = await ask(other)

    expect(refused.status).toBe(429)
    expect(refused.body.code).toBe('too_many_requests')
    expect(refused.headers['retry-after']).toBe('15')
    expect(refused.body.title).toContain('15 seconden')
    api.clock.now = other.clock.now = new Date(api.clock.now.getTime() + 15_000)
    expect((await ask(api)).status).toBe(202)
    expect((await ask(other)).headers['retry-after']).toBe('30')
    expect((await givenBrowser(api).call('POST', '/sign-in/attempts', { email: newAddress() })).status).toBe(202)
    await other.app.close()
  })

  it('slows down one network that asks for many addresses', async () => {
    const ask = () =>
      givenBrowser(api, { network: '2001:db8:1:2::5' }).call('POST', '/sign-in/attempts', { email: newAddress() })
    await database.owner.query(`update throttles set hits = 0`)
    for (let n = 0; n < 100; n++) expect((await ask()).status).toBe(202)
    expect((await ask()).status).toBe(429)
    const neighbour = givenBrowser(api, { network: '2001:db8:1:2:ffff::9' })
    expect((await neighbour.call('POST', '/sign-in/attempts', { email: newAddress() })).status).toBe(429)
    const elsewhere = givenBrowser(api, { network: '2001:db8:1:3::5' })
    expect((await elsewhere.call('POST', '/sign-in/attempts', { email: newAddress() })).status).toBe(202)
  })
})

describe('entering the code', () => {
  it('makes a member of a new address and sets three cookies that scripts cannot read', async () => {
    const { browser, email, code, enter } = await givenAttempt(undefined, { next: '/vraag-stellen', locale: 'en' })

    const answer = await enter(`${code.slice(0, 3)} ${code.slice(3)}`)

    expect(SignedIn.parse(answer.body)).toEqual({ next: '/vraag-stellen', firstTime: true })
    const cookies = answer.setCookies.join('\n')
    expect(cookies).toMatch(/^__Host-access=[\w.-]+; Max-Age=300; Path=\/; HttpOnly; Secure; SameSite=Lax$/m)
    expect(cookies).toMatch(
      /^__Secure-refresh=[\w-]{43}; Max-Age=2592000; Path=\/api\/v1\/session; HttpOnly; Secure; SameSite=Strict$/m,
    )
    expect(cookies).toMatch(/^__Host-present=1; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/m)
    expect(cookies).toMatch(/^__Host-door=; .*Expires=Thu, 01 Jan 1970/m)
    expect(cookies.length).toBeLessThan(4096)
    const { person, level } = SessionView.parse((await browser.call('GET', '/session')).body)
    expect(person).toMatchObject({
      email,
      name: 'New member',
      locale: 'en',
      onboarded: false,
      platformRole: 'member',
      state: 'active',
    })
    expect(person?.handle).toMatch(/^lid-[a-z0-9]{8}$/)
    expect(level).toBe(1)
    const events = await database.owner.query('select type from events where actor_id = $1 order by id', [person?.id])
    expect(events.rows.map((row) => row.type)).toEqual(['person.joined', 'session.started'])
  })

  it('knows a member again, with a session of a new id each time', async () => {
    const person = await givenPerson(database)
    const browser = givenBrowser(api)
    const answer = await signIn(database, browser, person.email.toUpperCase())
    const first = browser.cookies.get('__Host-access') ?? ''
    const firstRefresh = browser.cookies.get('__Secure-refresh') ?? ''
    expect(answer.body).toEqual({ next: null, firstTime: false })

    await signIn(database, browser, person.email)

    const sid = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    const second = browser.cookies.get('__Host-access') ?? ''
    expect(sid(second).sub).toBe(person.personId)
    expect(sid(second).sid).not.toBe(sid(first).sid)
    expect(Object.keys(sid(second)).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'lvl', 'pat', 'sid', 'sub'])
    const old = await givenBrowser(api).call('GET', '/me', undefined, { cookie: `__Host-access=${first}` })
    expect(old.body.code).toBe('session_revoked')
    const prolonged = await givenBrowser(api).call('POST', '/session/refresh', undefined, {
      cookie: `__Secure-refresh=${firstRefresh}`,
    })
    expect(prolonged.body.code).toBe('session_revoked')
  })

  it('says how many tries are left, and refuses the sixth even when it is right', async () => {
    const { code, enter } = await givenAttempt()
    const wrong = codeOtherThan(code)
    for (const left of [4, 3, 2, 1, 0]) {
      const answer = await enter(wrong)
      expect(answer.body).toMatchObject({ status: 422, code: 'wrong_code', facts: { left } })
    }
    expect((await enter(code)).body).toMatchObject({ status: 429, code: 'too_many_tries' })
  })

  it('counts tries that come all at once', async () => {
    const { code, enter } = await givenAttempt()
    const answers = await Promise.all(Array.from({ length: 12 }, () => enter(codeOtherThan(code))))
    expect(answers.filter((answer) => answer.status === 422)).toHaveLength(5)
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(7)
  })

  it('works once, for ten minutes, and only in the browser that asked', async () => {
    const first = await givenAttempt()
    const other = givenBrowser(api)
    expect((await first.enter(first.code, other)).body.code).toBe('other_browser')
    expect((await first.enter(first.code)).status).toBe(200)
    const again = await givenAttempt(first.email)
    first.browser.cookies.set('__Host-door', again.browser.cookies.get('__Host-door') ?? '')
    expect((await first.enter(first.code)).body).toMatchObject({ status: 410, code: 'code_used' })

    api.clock.now = new Date(Date.parse(again.expiresAt))
    expect((await again.enter(again.code)).body).toMatchObject({ status: 410, code: 'code_expired' })
    api.clock.now = new Date(Date.parse(again.expiresAt) - 1)
    expect((await again.enter(again.code)).status).toBe(200)
  })

  it('makes one member when two devices prove the same new address at once', async () => {
    const email = newAddress()
    const attempts = await Promise.all([givenAttempt(email), givenAttempt(email), givenAttempt(email)])
    const answers = await Promise.all(attempts.map((attempt) => attempt.enter(attempt.code)))
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200])
    expect(answers.filter((answer) => answer.body.firstTime)).toHaveLength(1)
  })

  it('does not let in who has stopped', async () => {
    const person = await givenPerson(database, { state: 'stopped' })
    const { code, enter } = await givenAttempt(person.email)
    expect((await enter(code)).status).toBe(410)
  })

  it.each([[{ code: '12345' }], [{ code: 'abcdef' }], [{}], [{ code: 123456 }], [{ code: '1'.repeat(500) }]])(
    'refuses %j',
    async (body) => {
      const { browser, attemptId } = await givenAttempt()
      expect((await browser.call('POST', `/sign-in/attempts/${attemptId}/code`, body)).status).toBe(422)
      expect((await browser.call('POST', '/sign-in/attempts/geen-id/code', { code: '123456' })).status).toBe(404)
    },
  )
})

describe('opening the link', () => {
  it('is not burnt by a scanner that only looks', async () => {
    const { browser, token } = await givenAttempt()
    expect((await browser.call('GET', '/sign-in/links')).status).toBe(405)
    const answer = await browser.call('POST', '/sign-in/links', { token })
    expect(LinkOpened.parse(answer.body)).toEqual({ signedIn: true, next: null, firstTime: true })
    expect((await browser.call('GET', '/session')).body.person).not.toBeNull()
    expect((await browser.call('POST', '/sign-in/links', { token })).body.code).toBe('code_used')
  })

  it('on another device gives the code to type, and no session', async () => {
    const { token, code, enter } = await givenAttempt()
    const phone = givenBrowser(api)
    const answer = await phone.call('POST', '/sign-in/links', { token })
    expect(answer.body).toEqual({ signedIn: false, code })
    expect(answer.setCookies).toEqual([])
    expect((await enter(code)).status).toBe(200)
  })

  it('refuses a token that was changed or guessed', async () => {
    const { browser, token } = await givenAttempt()
    const changed = (token[0] === 'A' ? 'B' : 'A') + token.slice(1)
    for (const bad of [changed, 'x'.repeat(64), `${token}A`]) {
      expect((await browser.call('POST', '/sign-in/links', { token: bad })).body.code).toBe('code_expired')
    }
    expect((await browser.call('POST', '/sign-in/links', { token: 'kort' })).status).toBe(422)
  })
})
