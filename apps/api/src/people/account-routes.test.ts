import { emailUndoToken } from '@meedenk/actions/people/change-email'
import { unseal } from '@meedenk/actions/seal'
import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson, recordedEvents } from '@meedenk/db/test/factories'
import { describe, expect, it } from 'vitest'
import { givenApi, testSecret } from '../../test/api.ts'
import { type Browser, givenBrowser, readSignInMail, signIn } from '../../test/browser.ts'

const database = await givenDatabase()
const api = await givenApi(database)
let serial = 0
const newAddress = () => `nieuw-${process.pid}-${++serial}@voorbeeld.test`

async function givenMember() {
  const person = await givenPerson(database)
  const browser = givenBrowser(api)
  await signIn(database, browser, person.email)
  return { ...person, browser }
}
const addressOf = async ({ personId }: { personId: string }) =>
  (await database.owner.query('select email from accounts where person_id = $1', [personId])).rows[0]?.email
async function codeOf(confirmationId: string): Promise<string> {
  const { rows } = await database.owner.query('select code_sealed from confirmations where id = $1', [confirmationId])
  return unseal(testSecret, rows[0].code_sealed)
}
async function askToMove(browser: Browser, email: string) {
  const asked = await browser.call('POST', '/me/email/confirmations', { email })
  expect(asked.status).toBe(202)
  return { confirmationId: asked.body.confirmationId, code: await codeOf(asked.body.confirmationId) }
}
async function move(browser: Browser, email: string) {
  expect((await browser.call('PUT', '/me/email', await askToMove(browser, email))).status).toBe(204)
}
async function undoTokenOf(person: { personId: string }): Promise<string> {
  const { rows } = await database.owner.query(
    'select id from email_moves where person_id = $1 order by moved_at limit 1',
    [person.personId],
  )
  return emailUndoToken(testSecret, rows[0].id)
}

describe('moving to another mail address', () => {
  it('takes the code from the new address, keeps this session and ends the others', async () => {
    const person = await givenMember()
    const other = givenBrowser(api)
    await signIn(database, other, person.email)
    const email = newAddress()

    await move(person.browser, email)

    expect(await addressOf(person)).toBe(email)
    expect((await person.browser.call('GET', '/session')).body.person.email).toBe(email)
    expect((await other.call('GET', '/sessions')).body.code).toBe('session_revoked')
    expect((await other.call('POST', '/session/refresh')).status).toBe(401)
  })

  it('counts wrong codes, and five of them are the end of it', async () => {
    const { browser, ...person } = await givenMember()
    const { confirmationId, code } = await askToMove(browser, newAddress())
    const wrong = code === '111111' ? '222222' : '111111'
    const tries = []
    for (let i = 0; i < 6; i++) tries.push(await browser.call('PUT', '/me/email', { confirmationId, code: wrong }))

    expect(tries.map(({ body }) => body.code)).toEqual([...Array(5).fill('wrong_code'), 'too_many_tries'])
    expect((await browser.call('PUT', '/me/email', { confirmationId, code })).body.code).toBe('too_many_tries')
    expect(await addressOf(person)).toBe(person.email)
  })

  it('takes a code once, within ten minutes, from the person who asked', async () => {
    const { browser } = await givenMember()
    const stranger = await givenMember()
    const first = await askToMove(browser, newAddress())
    const second = await askToMove(browser, newAddress())
    const old = await askToMove(browser, newAddress())
    await database.owner.query(`update confirmations set expires_at = now() - interval '1 minute' where id = $1`, [
      old.confirmationId,
    ])

    expect((await stranger.browser.call('PUT', '/me/email', first)).body.code).toBe('code_expired')
    expect((await browser.call('PUT', '/me/email', old)).body.code).toBe('code_expired')
    expect((await browser.call('PUT', '/me/email', first)).status).toBe(204)
    expect((await browser.call('PUT', '/me/email', first)).body.code).toBe('code_used')
    expect((await browser.call('PUT', '/me/email', second)).body.code).toBe('code_used')
  })

  it('asks for a fresh proof first, both when asking and when confirming', async () => {
    const person = await givenMember()
    const asked = await askToMove(person.browser, newAddress())
    await database.owner.query(`update sessions set proven_at = now() - interval '16 minutes' where person_id = $1`, [
      person.personId,
    ])

    const again = await person.browser.call('POST', '/me/email/confirmations', { email: newAddress() })
    const confirmed = await person.browser.call('PUT', '/me/email', asked)

    expect([again.body.code, confirmed.body.code]).toEqual(['step_up_required', 'step_up_required'])
  })

  it('answers the same for an address that is somebody’s, and never says whose', async () => {
    const { browser } = await givenMember()
    const somebody = await givenPerson(database)
    const free = await browser.call('POST', '/me/email/confirmations', { email: newAddress() })
    const taken = await browser.call('POST', '/me/email/confirmations', { email: somebody.email })

    expect(taken.status).toBe(free.status)
    expect(Object.keys(taken.body)).toEqual(Object.keys(free.body))
    // The code for a taken address is mailed to nobody; with luck it still does nothing.
    const code = await codeOf(taken.body.confirmationId)
    expect(
      (await browser.call('PUT', '/me/email', { confirmationId: taken.body.confirmationId, code })).body.code,
    ).toBe('email_taken')
    expect(await addressOf(somebody)).toBe(somebody.email)
  })

  it('refuses one’s own address and what is no address', async () => {
    const { browser, email } = await givenMember()

    expect((await browser.call('POST', '/me/email/confirmations', { email })).body.code).toBe('email_unchanged')
    expect((await browser.call('POST', '/me/email/confirmations', { email: 'nothing' })).status).toBe(422)
  })

  it('kills a code to sign in that was sent to the old address, and lets nobody begin anew there for three days', async () => {
    const person = await givenMember()
    const elsewhere = givenBrowser(api)
    const asked = await elsewhere.call('POST', '/sign-in/attempts', { email: person.email })
    const { code, token } = await readSignInMail(database, asked.body.attemptId)

    await move(person.browser, newAddress())

    expect((await elsewhere.call('POST', `/sign-in/attempts/${asked.body.attemptId}/code`, { code })).body.code).toBe(
      'code_used',
    )
    expect((await elsewhere.call('POST', '/sign-in/links', { token })).body.code).toBe('code_used')
    const later = await elsewhere.call('POST', '/sign-in/attempts', { email: person.email })
    const newCode = (await readSignInMail(database, later.body.attemptId)).code
    expect(
      (await elsewhere.call('POST', `/sign-in/attempts/${later.body.attemptId}/code`, { code: newCode })).body.code,
    ).toBe('email_moved')
  })

  it('cannot take an address that its owner may still go back to', async () => {
    const person = await givenMember()
    const thief = await givenMember()
    await move(person.browser, newAddress())

    const stolen = await thief.browser.call('PUT', '/me/email', await askToMove(thief.browser, person.email))

    expect(stolen.body.code).toBe('email_taken')
  })
})

describe('taking an account back to its old address', () => {
  it('ends all sessions, drops what was added to the ways in, and works without signing in', async () => {
    const person = await givenMember()
    await move(person.browser, newAddress())
    expect((await person.browser.call('PUT', '/me/password', { password: 'een heel lang wachtwoord 1' })).status).toBe(
      204,
    )

    const undone = await givenBrowser(api).call('POST', '/email-changes/undo', { token: await undoTokenOf(person) })

    expect(undone.status).toBe(204)
    expect(await addressOf(person)).toBe(person.email)
    expect((await person.browser.call('GET', '/sessions')).status).toBe(401)
    const { rows } = await database.owner.query('select 1 from passwords where person_id = $1', [person.personId])
    expect(rows).toEqual([])
    await signIn(database, givenBrowser(api), person.email)
  })

  it('undoes every move after it too, so that nobody undoes the undoing', async () => {
    const person = await givenMember()
    const [second, third] = [newAddress(), newAddress()]
    await move(person.browser, second)
    await move(person.browser, third)
    const { rows } = await database.owner.query('select id from email_moves where old_email = $1', [second])

    await givenBrowser(api).call('POST', '/email-changes/undo', { token: await undoTokenOf(person) })
    const again = await givenBrowser(api).call('POST', '/email-changes/undo', {
      token: emailUndoToken(testSecret, rows[0].id),
    })

    expect(again.status).toBe(204)
    expect(await addressOf(person)).toBe(person.email)
    expect(await recordedEvents(database, rows[0].id)).toHaveLength(1)
  })

  it('is possible for three days, with our own link only', async () => {
    const person = await givenMember()
    const email = newAddress()
    await move(person.browser, email)
    const token = await undoTokenOf(person)
    await database.owner.query(`update email_moves set undo_until = now() where person_id = $1`, [person.personId])
    const undo = async (text: string) =>
      (await givenBrowser(api).call('POST', '/email-changes/undo', { token: text })).body.code

    expect([await undo(token), await undo(`${token.slice(0, -4)}AAAA`), await undo('x'.repeat(43))]).toEqual([
      'undo_expired',
      'undo_expired',
      'undo_expired',
    ])
    expect(await addressOf(person)).toBe(email)
  })
})
