import fastifyJwt from '@fastify/jwt'
import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson, recordedEvents } from '@meedenk/db/test/factories'
import { SessionView } from '@meedenk/domain/people/schemas'
import { DeviceList } from '@meedenk/domain/people/sign-in-schemas'
import fastify from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { givenApi, testSecret } from '../../test/api.ts'
import { type Browser, givenBrowser, signIn } from '../../test/browser.ts'

const database = await givenDatabase()
const api = await givenApi(database)

afterEach(() => {
  api.clock.now = null
})

async function givenSignedIn(options: { userAgent?: string } = {}) {
  const person = await givenPerson(database)
  const browser = givenBrowser(api, options)
  await signIn(database, browser, person.email)
  const session = JSON.parse(
    Buffer.from((browser.cookies.get('__Host-access') ?? '').split('.')[1] ?? '', 'base64url').toString(),
  )
  return { person, browser, sessionId: String(session.sid) }
}
const copyOf = (browser: Browser): Browser => {
  const copy = givenBrowser(api)
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value)
  return copy
}

describe('who is here', () => {
  it('is nobody for a visitor, who gets no cookie', async () => {
    const answer = await givenBrowser(api).call('GET', '/session')
    expect(SessionView.parse(answer.body)).toEqual({ person: null, level: 0, unread: 0 })
    expect(answer.setCookies).toEqual([])
  })

  it('is this person, with the new notices counted', async () => {
    const { person, browser } = await givenSignedIn()
    for (const state of ['new', 'new', 'done']) {
      await database.owner.query(
        `insert into notices (person_id, kind, channel_id, subject_id, state, added_at) values ($1, 'account_security', ctx.plaza(), uuidv7(), $2, now())`,
        [person.personId, state],
      )
    }
    const view = SessionView.parse((await browser.call('GET', '/session')).body)
    expect(view.person).toMatchObject({
      id: person.personId,
      handle: person.handle,
      email: person.email,
      hasPasskey: false,
      hasPassword: false,
      hasTotp: false,
      onboarded: true,
    })
    expect(view.unread).toBe(2)
  })

  it('asks to prolong when five minutes are over, and knows the person again after that', async () => {
    const { browser, person } = await givenSignedIn()
    browser.cookies.delete('__Host-access')
    for (const path of ['/session', '/me', '/themes']) {
      expect((await browser.call('GET', path)).body).toMatchObject({ status: 401, code: 'session_expired' })
    }
    expect((await browser.call('POST', '/session/refresh')).status).toBe(204)
    expect((await browser.call('GET', '/session')).body.person.id).toBe(person.personId)
  })
})

describe('prolonging', () => {
  it('survives twenty requests at once: all get the same next token', async () => {
    const { browser, sessionId } = await givenSignedIn()
    const tabs = Array.from({ length: 20 }, () => copyOf(browser))
    const answers = await Promise.all(tabs.map((tab) => tab.call('POST', '/session/refresh')))

    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(204))
    expect(new Set(tabs.map((tab) => tab.cookies.get('__Secure-refresh'))).size).toBe(1)
    const { rows } = await database.owner.query(
      'select count(*)::int as tokens, count(used_at)::int as used from refresh_tokens where session_id = $1',
      [sessionId],
    )
    expect(rows[0]).toEqual({ tokens: 2, used: 1 })
    expect((await tabs[7]?.call('POST', '/session/refresh'))?.status).toBe(204)
  })

  it('gives a lost answer again within twenty seconds, and the same one', async () => {
    const { browser } = await givenSignedIn()
    const start = new Date()
    const late = copyOf(browser)
    api.clock.now = start
    await browser.call('POST', '/session/refresh')
    api.clock.now = new Date(start.getTime() + 20_000)
    expect((await late.call('POST', '/session/refresh')).status).toBe(204)
    expect(late.cookies.get('__Secure-refresh')).toBe(browser.cookies.get('__Secure-refresh'))
  })

  it('takes a token that comes back after 21 seconds for stolen: the whole family ends', async () => {
    const { browser, sessionId, person } = await givenSignedIn()
    const start = new Date()
    const thief = copyOf(browser)
    api.clock.now = start
    await browser.call('POST', '/session/refresh')
    api.clock.now = new Date(start.getTime() + 21_000)

    const caught = await thief.call('POST', '/session/refresh')

    expect(caught.body).toMatchObject({ status: 401, code: 'session_revoked' })
    expect([...thief.cookies.keys()]).toEqual([])
    expect((await browser.call('POST', '/session/refresh')).body.code).toBe('session_revoked')
    expect(await recordedEvents(database, sessionId)).toContainEqual({
      type: 'session.theft_suspected',
      actor_id: person.personId,
    })
    const { rows } = await database.owner.query('select revoked_because from sessions where id = $1', [sessionId])
    expect(rows[0].revoked_because).toBe('theft')
  })

  it('ends thirty days after signing in, however often it was prolonged', async () => {
    const { browser } = await givenSignedIn()
    const start = Date.now()
    api.clock.now = new Date(start + 29 * 86_400_000)
    expect((await browser.call('POST', '/session/refresh')).status).toBe(204)
    api.clock.now = new Date(start + 30 * 86_400_000 + 60_000)
    expect((await browser.call('POST', '/session/refresh')).body.code).toBe('session_expired')
    expect(browser.cookies.size).toBe(0)
  })

  it('refuses nothing, nonsense, and an access token', async () => {
    const { browser } = await givenSignedIn()
    for (const token of [undefined, '', 'x', '\u0001', browser.cookies.get('__Host-access')]) {
      const other = givenBrowser(api)
      if (token !== undefined) other.cookies.set('__Secure-refresh', token)
      expect((await other.call('POST', '/session/refresh')).body).toMatchObject({
        status: 401,
        code: 'sign_in_required',
      })
    }
  })
})

describe('a forged access token', () => {
  const forge = async (secret: string | Buffer, payload: object, sign: object = {}) => {
    const forger = fastify()
    await forger.register(fastifyJwt, { secret })
    return forger.jwt.sign(
      payload as never,
      { algorithm: 'HS256', iss: 'meedenk', aud: 'meedenk-web', expiresIn: 300, ...sign } as never,
    )
  }
  const unsigned = (payload: object, alg: string) =>
    `${Buffer.from(JSON.stringify({ alg, typ: 'JWT' })).toString('base64url')}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.`

  it('is no session', async () => {
    const { person, browser, sessionId } = await givenSignedIn()
    const seconds = Math.floor(Date.now() / 1000)
    const claims = { sub: person.personId, sid: sessionId, lvl: 2, pat: seconds }
    const full = { ...claims, iss: 'meedenk', aud: 'meedenk-web', iat: seconds, exp: seconds + 300 }
    const genuine = browser.cookies.get('__Host-access') ?? ''
    const [head, , signature] = genuine.split('.')
    const sign = (more: object) => api.app.jwt.sign(claims as never, more as never)
    const forged: Record<string, string> = {
      'with the raw secret of the house': await forge(testSecret, claims),
      'with another secret': await forge('another secret that is long enough to be used', claims),
      'without algorithm': unsigned(full, 'none'),
      'without algorithm, in capitals': unsigned(full, 'NONE'),
      'with an algorithm and no signature': unsigned(full, 'HS256'),
      'with the signature of another': `${head}.${Buffer.from(JSON.stringify(full)).toString('base64url')}.${signature}`,
      'for another audience': sign({ aud: 'elders' }),
      'from another issuer': sign({ iss: 'elders' }),
      'with a longer algorithm': sign({ algorithm: 'HS512' }),
      'that expired': api.app.jwt.sign({ ...claims, iat: seconds - 400 } as never),
      'that is the refresh token': browser.cookies.get('__Secure-refresh') ?? '',
      'that is nothing': 'a.b.c',
    }
    for (const [how, token] of Object.entries(forged)) {
      const answer = await givenBrowser(api).call('GET', '/me', undefined, { cookie: `__Host-access=${token}` })
      expect(answer.status, how).toBe(401)
      const asBearer = await givenBrowser(api).call('GET', '/me', undefined, { authorization: `Bearer ${genuine}` })
      expect(asBearer.status).toBe(401)
    }
    expect((await givenBrowser(api).call('GET', '/me', undefined, { cookie: `__Host-access=${genuine}` })).status).toBe(
      200,
    )
  })
})

describe('ending sessions', () => {
  it('lists one’s own devices and signs out there, at once', async () => {
    const { browser, person } = await givenSignedIn()
    const phone = givenBrowser(api, { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1' })
    await signIn(database, phone, person.email)
    const { items } = DeviceList.parse((await browser.call('GET', '/sessions')).body)
    expect(items.map((item) => item.device)).toEqual(
      expect.arrayContaining(['Firefox, Linux', 'Safari, iPhone', 'test']),
    )
    expect(items.filter((item) => item.current).map((item) => item.device)).toEqual(['Firefox, Linux'])
    const other = items.find((item) => item.device === 'Safari, iPhone')

    expect((await browser.call('DELETE', `/sessions/${other?.id}`)).status).toBe(204)

    expect((await phone.call('GET', '/me')).body.code).toBe('session_revoked')
    expect((await phone.call('POST', '/session/refresh')).body.code).toBe('session_revoked')
    expect(await recordedEvents(database, other?.id ?? '')).toContainEqual({
      type: 'session.revoked',
      actor_id: person.personId,
    })
  })

  it('is known to another process within five seconds', async () => {
    const { browser, person } = await givenSignedIn()
    const elsewhere = await givenApi(database)
    const cookie = `__Host-access=${browser.cookies.get('__Host-access')}`
    expect((await givenBrowser(elsewhere).call('GET', '/me', undefined, { cookie })).status).toBe(200)
    const second = givenBrowser(api)
    await signIn(database, second, person.email)
    expect((await second.call('DELETE', '/sessions')).status).toBe(204)
    const before = Date.now()
    let status = 200
    while (status === 200 && Date.now() - before < 5000) {
      status = (await givenBrowser(elsewhere).call('GET', '/me', undefined, { cookie })).status
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    expect(status).toBe(401)
    expect((await second.call('GET', '/me')).status).toBe(200)
    await elsewhere.app.close()
  })

  it('does not end the session of somebody else', async () => {
    const { browser } = await givenSignedIn()
    const other = await givenSignedIn()
    expect((await browser.call('DELETE', `/sessions/${other.sessionId}`)).status).toBe(404)
    expect((await other.browser.call('POST', '/session/refresh')).status).toBe(204)
  })

  it('signs out here, also when only the refresh cookie is left', async () => {
    for (const isExpired of [false, true]) {
      const { browser, sessionId } = await givenSignedIn()
      const thief = copyOf(browser)
      if (isExpired) browser.cookies.delete('__Host-access')
      const answer = await browser.call('DELETE', '/session')
      expect(answer.status).toBe(204)
      expect(answer.headers['clear-site-data']).toBe('"cookies"')
      expect(browser.cookies.size).toBe(0)
      expect((await thief.call('GET', '/me')).body.code).toBe('session_revoked')
      expect((await recordedEvents(database, sessionId)).map((event) => event.type)).toEqual([
        'session.started',
        'session.revoked',
      ])
    }
    expect((await givenBrowser(api).call('DELETE', '/session')).status).toBe(204)
  })
})
