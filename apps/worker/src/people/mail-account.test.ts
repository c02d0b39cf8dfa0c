import { readEmailUndoToken } from '@meedenk/actions/people/change-email'
import { seal } from '@meedenk/actions/seal'
import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson, givenQuestion, type TestPerson } from '@meedenk/db/test/factories'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { describe, expect, it } from 'vitest'
import { givenEvent, givenTools, noticesOf, testOrigin, testSecret } from '../../test/worker.ts'

const database = await givenDatabase()
const { owner } = database
const { mails, react } = givenTools(database)
const to = (address: string) => mails.filter((mail) => mail.to === address)
const idOf = async (query: string, values: unknown[]): Promise<string> => (await owner.query(query, values)).rows[0].id

async function givenConfirmation(person: TestPerson, email: string, purpose = 'change_email') {
  const id = await idOf(
    `insert into confirmations (person_id, purpose, email, code_hash, code_sealed, created_at, expires_at)
     values ($1, $2, $3, 'x', $4, now(), now() + interval '10 minutes') returning id`,
    [person.personId, purpose, email, seal(testSecret, '123456')],
  )
  return givenEvent(database, 'confirmation.requested', { actor: person, subjectId: id })
}

describe('a code to confirm', () => {
  it('goes to the new address, once', async () => {
    const person = await givenPerson(database)
    await react(await givenConfirmation(person, `nieuw-${person.handle}@voorbeeld.test`))

    const [mail, more] = to(`nieuw-${person.handle}@voorbeeld.test`)
    expect(mail?.subject).toBe('Bevestig je nieuwe mailadres')
    expect(mail?.text).toContain('123456')
    expect(more).toBeUndefined()
    expect(to(person.email)).toEqual([])
    const { rows } = await owner.query(
      `select address, sent_at is not null as sent from mails where template = 'confirmation'`,
    )
    expect(rows).toEqual([{ address: null, sent: true }])
  })

  it('never goes to an address that is somebody’s: its owner hears that it was tried', async () => {
    const [person, somebody] = [await givenPerson(database), await givenPerson(database)]
    await react(await givenConfirmation(person, somebody.email))

    const [mail] = to(somebody.email)
    expect(mail?.subject).toBe('Iemand wilde jouw mailadres gebruiken')
    expect(mail?.text).not.toMatch(/\d{6}/)
    expect(mail?.text).not.toContain(person.email)
  })

  it('says what it is for when one wants to stop', async () => {
    const person = await givenPerson(database)
    await react(await givenConfirmation(person, person.email, 'stop'))

    expect(to(person.email).map(({ subject }) => subject)).toEqual(['Je code om te stoppen'])
  })
})

it('tells the old address that the account moved, with a way back, and the new one that it is theirs', async () => {
  const person = await givenPerson(database)
  const oldEmail = `oud-${person.handle}@voorbeeld.test`
  const id = await idOf(
    `insert into email_moves (person_id, old_email, new_email, moved_at, undo_until)
     values ($1, $2, $3, now(), now() + interval '72 hours') returning id`,
    [person.personId, oldEmail, person.email],
  )
  await react(await givenEvent(database, 'email.changed', { actor: person, subjectId: id }))

  const [mail] = to(oldEmail)
  const token = mail?.text.match(new RegExp(`${testOrigin}/jij/mailadres-terug#([\\w-]+)`))?.[1]
  expect(readEmailUndoToken(testSecret, token ?? '')).toBe(id)
  expect(mail?.text).not.toContain(person.email)
  expect(to(person.email).map(({ subject }) => subject)).toEqual(['Je mailadres is gewijzigd'])
})

describe('a new device', () => {
  const start = async (person: TestPerson, newDevice: boolean) =>
    react(
      await givenEvent(database, 'session.started', {
        actor: person,
        subjectId: person.sessionId,
        facts: { newDevice },
      }),
    )

  it('is told with when, what kind, and where to look', async () => {
    const person = await givenPerson(database)
    await owner.query(
      `update sessions set device = 'Firefox, Windows', started_at = '2026-11-20T11:10:00Z' where id = $1`,
      [person.sessionId],
    )
    await start(person, true)

    const [mail] = to(person.email)
    expect(mail?.subject).toBe('Er is ingelogd op een nieuw apparaat')
    expect(mail?.text).toContain('Firefox, Windows, 20 november 2026 om 12:10')
    expect(mail?.text).toContain(`${testOrigin}/jij/apparaten`)
  })

  it('is told only when it is new', async () => {
    const person = await givenPerson(database)
    await start(person, false)

    expect(await noticesOf(database, person)).toEqual([])
    expect(to(person.email)).toEqual([])
  })
})

it('welcomes once, without anything that tells on the reader', async () => {
  const person = await givenPerson(database, { name: 'Sam' })
  const event = await givenEvent(database, 'person.onboarded', { actor: person, subjectId: person.personId })
  await react(event)

  expect(to(person.email).map(({ subject }) => subject)).toEqual(['Fijn dat je er bent, Sam'])
  expect(to(person.email)[0]?.html).not.toMatch(/<img|utm_|\?[a-z]+=/)
})

it('says until when one may come back, and what stays', async () => {
  const person = await givenPerson(database)
  await owner.query(`update people set state = 'leaving' where id = $1`, [person.personId])
  await owner.query(
    `insert into departures (person_id, contributions, state_before, requested_at, due_at) values ($1, 'erase', 'active', now(), '2026-12-05T12:00:00Z')`,
    [person.personId],
  )
  await react(await givenEvent(database, 'departure.planned', { actor: person, subjectId: person.personId }))

  const [mail] = to(person.email)
  expect(mail?.subject).toBe('Je stopt met Meedenk op 5 december 2026')
  expect(mail?.text).toContain('Anders verliezen zij hun gesprek.')
})

describe('a report without an account', () => {
  async function givenReport(email: string | null) {
    const question = await givenQuestion(database)
    const { rows } = await owner.query(
      `insert into reports (channel_id, subject_kind, subject_id, reason, explanation, reporter_email, reported_at, due_at)
       values ($1, 'question', $2, 'unsafe', 'why', $3, now(), '2026-11-22T12:00:00Z') returning id, number`,
      [plazaId, question.id, email],
    )
    return { ...rows[0], question }
  }

  it('is confirmed and later decided, with the reason, at the address that was given', async () => {
    const report = await givenReport('melder@voorbeeld.test')
    const moderator = await givenPerson(database, { platformRole: 'moderator' })
    await react(await givenEvent(database, 'post.reported', { subjectId: report.id }))
    await owner.query(
      `insert into moderation_decisions (channel_id, report_id, subject_kind, subject_id, decision, reason, rule, decided_by, decided_at)
       values ($1, $2, 'question', $3, 'hide', 'Hier was iemand te herkennen.', 3, $4, now())`,
      [plazaId, report.id, report.question.id, moderator.personId],
    )
    await owner.query('update reports set decided_at = now() where id = $1', [report.id])
    await react(await givenEvent(database, 'report.decided', { actor: moderator, subjectId: report.id }))

    expect(to('melder@voorbeeld.test').map(({ subject }) => subject)).toEqual([
      `Je melding ${report.number} is binnen`,
      `Ons besluit over je melding ${report.number}`,
    ])
    expect(to('melder@voorbeeld.test')[1]?.text).toContain('> Hier was iemand te herkennen.')
  })

  it('without an address is answered to nobody', async () => {
    const before = mails.length
    await react(await givenEvent(database, 'post.reported', { subjectId: (await givenReport(null)).id }))

    expect(mails.length).toBe(before)
  })
})
