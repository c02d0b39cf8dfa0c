import { unseal } from '@meedenk/actions/seal'
import { givenDatabase } from '@meedenk/db/test/database'
import { givenAnswer, givenChannel, givenPerson, givenQuestion } from '@meedenk/db/test/factories'
import { describe, expect, it } from 'vitest'
import { givenApi, testSecret } from '../../test/api.ts'
import { type Browser, givenBrowser, signIn } from '../../test/browser.ts'

const database = await givenDatabase()
const { owner } = database
const api = await givenApi(database)

async function givenMember(options: Parameters<typeof givenPerson>[1] = {}) {
  const person = await givenPerson(database, options)
  const browser = givenBrowser(api)
  await signIn(database, browser, person.email)
  return { ...person, browser }
}
async function askToStop(browser: Browser) {
  const asked = await browser.call('POST', '/me/departure/confirmations')
  expect(asked.status).toBe(202)
  const { confirmationId } = asked.body
  const { rows } = await owner.query('select code_sealed from confirmations where id = $1', [confirmationId])
  return { confirmationId, code: unseal(testSecret, rows[0].code_sealed) }
}
const stop = async (browser: Browser, contributions = 'without_name') =>
  browser.call('POST', '/me/departure', { ...(await askToStop(browser)), contributions })
const stateOf = async ({ personId }: { personId: string }) =>
  (await owner.query('select state from people where id = $1', [personId])).rows[0].state

describe('stopping', () => {
  it('tells beforehand what would become of what one wrote', async () => {
    const { browser, ...person } = await givenMember()
    const other = await givenPerson(database)
    const answered = await givenQuestion(database, { author: person })
    await givenQuestion(database, { author: person, anonymous: true })
    await givenAnswer(database, answered.id, { author: other })
    const theirs = await givenQuestion(database, { author: other })
    const built = await givenAnswer(database, theirs.id, { author: person })
    await givenAnswer(database, theirs.id, { author: person, anonymous: true })
    await givenAnswer(database, theirs.id, { author: other, parentId: built.id })

    expect((await browser.call('GET', '/me/departure')).body).toEqual({
      planned: null,
      questions: { total: 2, builtOn: 1 },
      answers: { total: 2, builtOn: 1 },
      ownedChannels: [],
    })
  })

  it('takes a code, ends every session, makes one invisible and silent, and can be taken back by signing in', async () => {
    const { browser, ...person } = await givenMember({ name: 'Wie Weggaat' })
    await owner.query(`update people set profile_visibility = 'everyone' where id = $1`, [person.personId])
    const reader = await givenMember()

    const stopped = await stop(browser, 'erase')

    expect(stopped.status).toBe(201)
    const days = (Date.parse(stopped.body.dueAt) - Date.now()) / 86_400_000
    expect(Math.round(days)).toBe(14)
    expect((await browser.call('GET', '/session')).body.person).toBeNull()
    expect(await stateOf(person)).toBe('leaving')
    const found = await reader.browser.call('GET', '/people?q=Weggaat')
    expect(found.body.items).toEqual([])

    const again = givenBrowser(api)
    await signIn(database, again, person.email)
    expect((await again.call('GET', '/session')).body.person.state).toBe('leaving')
    expect((await again.call('GET', '/me/departure')).body.planned).toMatchObject({ contributions: 'erase' })
    expect((await again.call('DELETE', '/me/departure')).status).toBe(204)
    expect(await stateOf(person)).toBe('active')
    expect((await again.call('GET', '/me/departure')).body.planned).toBeNull()
    expect((await owner.query('select 1 from mail_pauses where person_id = $1', [person.personId])).rowCount).toBe(0)
    expect((await again.call('DELETE', '/me/departure')).body.code).toBe('not_leaving')
  })

  it('takes the code of this purpose only, once, and asks for a fresh proof', async () => {
    const { browser, ...person } = await givenMember()
    const asked = await browser.call('POST', '/me/email/confirmations', { email: `x-${person.handle}@voorbeeld.test` })
    const { rows } = await owner.query('select code_sealed from confirmations where id = $1', [
      asked.body.confirmationId,
    ])
    const ofOther = { confirmationId: asked.body.confirmationId, code: unseal(testSecret, rows[0].code_sealed) }
    const right = await askToStop(browser)
    const wrong = { ...right, code: right.code === '111111' ? '222222' : '111111' }
    const tell = async (input: object) =>
      (await browser.call('POST', '/me/departure', { contributions: 'erase', ...input })).body?.code

    expect(await tell(ofOther)).toBe('code_expired')
    expect(await tell(wrong)).toBe('wrong_code')
    expect((await browser.call('POST', '/me/departure', { ...right, contributions: 'all' })).status).toBe(422)
    await owner.query(`update sessions set proven_at = now() - interval '1 hour' where person_id = $1`, [
      person.personId,
    ])
    expect(await tell(right)).toBe('step_up_required')
    expect((await browser.call('POST', '/me/departure/confirmations')).body.code).toBe('step_up_required')
    expect(await stateOf(person)).toBe('active')
  })

  it('is no way out of a pause by the moderation', async () => {
    const { browser, ...person } = await givenMember()
    await owner.query(`update people set state = 'paused' where id = $1`, [person.personId])
    await stop(browser)
    const again = givenBrowser(api)
    await signIn(database, again, person.email)
    await again.call('DELETE', '/me/departure')

    expect(await stateOf(person)).toBe('paused')
  })

  it('waits until a channel of which one is the only owner is handed over', async () => {
    const { browser, ...person } = await givenMember()
    const other = await givenPerson(database)
    const { id } = await givenChannel(database, [person, other])
    const own = (who: { personId: string }) =>
      owner.query(`update channel_members set role = 'owner' where channel_id = $1 and person_id = $2`, [
        id,
        who.personId,
      ])
    await own(person)

    const refused = await browser.call('POST', '/me/departure/confirmations')
    expect(refused.body.code).toBe('owns_channel')
    expect(refused.body.facts.channel).toMatch(/^kanaal-/)
    await own(other)
    expect((await stop(browser)).status).toBe(201)
  })

  it('does not let somebody who is leaving write', async () => {
    const { browser, ...person } = await givenMember()
    const { id } = await givenQuestion(database)
    await stop(browser)
    const again = givenBrowser(api)
    await signIn(database, again, person.email)

    const answer = await again.call('POST', `/questions/${id}/answers`, {
      perspective: 'practice',
      body: 'Nog een antwoord',
    })
    expect(answer.status).toBe(403)
  })
})

describe('taking along', () => {
  async function givenReady(personId: string) {
    const { rows } = await owner.query(
      `insert into exports (person_id, requested_at, ready_at, expires_at, page, data)
       values ($1, now(), now(), now() + interval '7 days', 'the page', '{"the":"data"}') returning id`,
      [personId],
    )
    return rows[0].id as string
  }

  it('is asked for once at a time, and shown when it is ready', async () => {
    const { browser } = await givenMember()
    const asked = await browser.call('POST', '/me/exports')

    expect(asked.status).toBe(202)
    expect(asked.body).toMatchObject({ readyAt: null, bytes: null })
    expect((await browser.call('POST', '/me/exports')).body.code).toBe('export_running')
    expect((await browser.call('GET', '/me/exports')).body.items).toEqual([asked.body])
  })

  it('gives both files to that person only, after a fresh proof', async () => {
    const person = await givenMember()
    const id = await givenReady(person.personId)
    const stranger = await givenMember({ platformRole: 'admin' })
    const fetched = await api.as(person, 'GET', `/me/exports/${id}/page`)

    expect(fetched.text).toBe('the page')
    expect(fetched.headers['content-disposition']).toBe('attachment; filename="meedenk.html"')
    expect(fetched.headers['cache-control']).toBe('no-store')
    expect((await api.as(person, 'GET', `/me/exports/${id}/data`)).body).toEqual({ the: 'data' })
    expect((await api.as(stranger, 'GET', `/me/exports/${id}/data`)).status).toBe(404)
    expect((await api.as(person, 'GET', `/me/exports/${id}/other`)).status).toBe(404)
    const stale = api.app.jwt.sign({
      sub: person.personId,
      sid: person.sessionId,
      lvl: 1,
      pat: Math.floor(Date.now() / 1000) - 3600,
    })
    const refused = await api.visitor('GET', `/me/exports/${id}/data`, undefined, {
      cookies: { '__Host-access': stale },
    })
    expect(refused.body.code).toBe('step_up_required')
  })

  it('is over after seven days', async () => {
    const person = await givenMember()
    const id = await givenReady(person.personId)
    await owner.query('update exports set expires_at = now() where id = $1', [id])

    expect((await api.as(person, 'GET', `/me/exports/${id}/page`)).status).toBe(404)
    expect((await api.as(person, 'GET', '/me/exports')).body.items).toEqual([])
  })
})
