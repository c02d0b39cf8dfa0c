import { clearExpired } from '@meedenk/actions/clear-expired'
import { dataClasses } from '@meedenk/db/classes'
import { givenDatabase } from '@meedenk/db/test/database'
import { givenAnswer } from '@meedenk/db/test/factories'
import { expect, it } from 'vitest'
import { canary, givenCanary, referencesToPeople } from '../../test/canary.ts'
import { givenEvent, givenTools } from '../../test/worker.ts'

const database = await givenDatabase()
const { owner } = database
const { clock, context, mails, react, drain } = givenTools(database)

async function givenExport() {
  const left = await givenCanary(database)
  await owner.query('delete from exports where person_id = $1', [left.person.personId])
  // What others say around it, which is theirs.
  await owner.query('update answers set body = $2 where id = $1', [left.reaction.id, 'VREEMD woord'])
  await owner.query('update questions set body = $2 where id = $1', [left.theirs[0].id, 'VREEMD woord'])
  await owner.query(
    `insert into moderation_decisions (channel_id, subject_kind, subject_id, decision, reason, decided_by, decided_at)
     select channel_id, 'answer', id, 'hide', 'Why it was hidden', $2, now() from answers where id = $1`,
    [left.answers.leaf.id, left.other.personId],
  )
  const { rows } = await owner.query(
    `insert into exports (person_id, requested_at, expires_at) values ($1, now(), now() + interval '7 days') returning id`,
    [left.person.personId],
  )
  const event = await givenEvent(database, 'export.requested', { actor: left.person, subjectId: rows[0].id })
  return { ...left, id: rows[0].id as string, event }
}
async function filesOf(id: string) {
  const { rows } = await owner.query('select page, data, ready_at, expires_at from exports where id = $1', [id])
  return { ...rows[0], page: String(rows[0].page), data: JSON.parse(String(rows[0].data)) }
}

it('holds everything of one person over all channels, sealed words too, and tells when it is ready', async () => {
  const asked = await givenExport()

  await react(asked.event)
  await drain()

  const { page, data } = await filesOf(asked.id)
  const titles = data.questions.map((question: { title: string; anonymous: boolean }) => question.title)
  expect(titles).toEqual(
    expect.arrayContaining([
      `${canary} alone`,
      `${canary} sealed alone`,
      `${canary} closed`,
      'A question that others answered',
    ]),
  )
  expect(data.questions.filter((question: { anonymous: boolean }) => question.anonymous)).toHaveLength(2)
  expect(data.answers).toHaveLength(5)
  expect(data.account).toMatchObject([{ email: asked.person.email }])
  for (const part of [
    'profile',
    'expertises',
    'interests',
    'sessions',
    'passkeys',
    'paces',
    'drafts',
    'thanks',
    'meToos',
    'saved',
    'notices',
    'reports',
    'log',
    'memberships',
    'mails',
    'guardianOf',
    'decisionsAboutYou',
    'decisionsByYou',
  ])
    expect(data[part].length, part).toBeGreaterThan(0)
  expect(page).toContain('<h2>Je vragen <span>5</span></h2>')
  expect(page).not.toContain('<script')
  expect(mails.filter(({ to }) => to === asked.person.email).map(({ subject }) => subject)).toEqual([
    'Je gegevens staan klaar',
  ])
})

it('shows of others at most the title of a question that is still there, and no secret', async () => {
  const asked = await givenExport()
  await owner.query(`update questions set title = 'VREEMD en teruggetrokken', withdrawn_at = now() where id = $1`, [
    asked.theirs[1].id,
  ])
  await givenAnswer(database, asked.own.kept.id, { author: asked.other, body: 'VREEMD antwoord' })

  await react(asked.event)

  const { page, data } = await filesOf(asked.id)
  const all = page + JSON.stringify(data)
  expect(all).not.toContain('VREEMD')
  expect(all).not.toContain(asked.other.name)
  expect(all).not.toContain(asked.other.personId)
  expect(Object.keys(data.passkeys[0])).toEqual(['label', 'createdAt', 'lastUsedAt'])
  expect(Object.keys(data.password[0])).toEqual(['setAt'])
  expect(Object.keys(data.codeApp[0])).toEqual(['confirmedAt'])
})

it('escapes what people wrote', async () => {
  const asked = await givenExport()
  await owner.query(`update questions set body = '<script>alert(1)</script>' where id = $1`, [asked.own.alone.id])
  await react(asked.event)

  expect((await filesOf(asked.id)).page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
})

it('has a part for every table that refers to people, by the foreign keys of the database', async () => {
  const partOf: Record<string, string> = {
    accounts: 'account',
    answers: 'answers',
    channel_members: 'memberships',
    confirmations: 'confirmations',
    departures: 'departure',
    drafts: 'drafts',
    email_moves: 'addressChanges',
    exports: 'exports',
    mail_pauses: 'mailPause',
    mails: 'mails',
    me_toos: 'meToos',
    moderation_decisions: 'decisionsByYou',
    notices: 'notices',
    pace_settings: 'paces',
    passkeys: 'passkeys',
    passwords: 'password',
    person_expertises: 'expertises',
    person_interests: 'interests',
    questions: 'questions',
    reports: 'reports',
    saved_questions: 'saved',
    seal_openings: 'sealsOpened',
    sealed_authors: 'questions',
    sessions: 'sessions',
    thanks: 'thanks',
    themes: 'guardianOf',
    totp_secrets: 'codeApp',
  }
  // Only secrets: they open doors and say nothing.
  const secret = ['recovery_codes', 'passkey_challenges']
  const asked = await givenExport()
  await react(asked.event)
  const { data } = await filesOf(asked.id)

  const tables = (await referencesToPeople(database))
    .map(({ table }) => table)
    .filter((table) => !secret.includes(table))
  expect(tables.filter((table) => !(partOf[table] && partOf[table] in data))).toEqual([])
  expect(secret.every((table) => dataClasses[table]?.secret !== undefined)).toBe(true)
})

it('is gone after a week', async () => {
  const asked = await givenExport()
  await react(asked.event)
  const left = async () => (await owner.query('select 1 from exports where id = $1', [asked.id])).rowCount

  clock.now = new Date(Date.now() + 6.9 * 86_400_000)
  await clearExpired(context('clear-expired'))
  expect(await left()).toBe(1)
  clock.now = new Date(Date.now() + 7.1 * 86_400_000)
  await clearExpired(context('clear-expired'))
  expect(await left()).toBe(0)
  clock.now = null
})
