import { givenDatabase } from '@meedenk/db/test/database'
import {
  givenAnswer,
  givenPerson,
  givenQuestion,
  givenRegion,
  givenTheme,
  type TestPerson,
} from '@meedenk/db/test/factories'
import { QuestionView } from '@meedenk/domain/questions/schemas'
import { describe, expect, it } from 'vitest'
import { givenApi } from '../../test/api.ts'

const database = await givenDatabase()
const api = await givenApi(database)
const title = 'Hoe vertel ik mijn collega dat het niet gaat?'

/** An asker whose role and region are shared by that many others. */
async function givenAnonymous(others: { region: number; role: number }, choice: Record<string, unknown> = {}) {
  const role = `role-${Math.random()}`
  const region = await givenRegion(database)
  const asker = await givenPerson(database, { roleKind: role, regionCode: region.code, name: 'Canarie Geheim' })
  for (let count = 0; count < others.role; count++) {
    await givenPerson(database, { roleKind: role, ...(count < others.region ? { regionCode: region.code } : {}) })
  }
  const theme = await givenTheme(database)
  const { status, body } = await api.as(asker, 'POST', '/questions', {
    title,
    themeIds: [theme.id],
    anonymous: true,
    showRole: true,
    showRegion: true,
    ...choice,
  })
  expect(status).toBe(201)
  return { asker, role, region, theme, id: body.id as string, number: body.number as number }
}

function expectNoTrace(text: string, { personId, name, handle, email }: TestPerson) {
  for (const trace of [personId, name, handle, email]) expect(text).not.toContain(trace)
}

describe('an anonymous question', () => {
  it('leaves no trace of its asker in any answer, list, history or event', async () => {
    const { asker, id, number, theme } = await givenAnonymous({ role: 0, region: 0 })
    const [helper, moderator] = [
      await givenPerson(database),
      await givenPerson(database, { platformRole: 'moderator' }),
    ]
    const { body: answer } = await api.as(helper, 'POST', `/questions/${id}/answers`, {
      body: 'Gewoon zeggen.',
      perspective: 'practice',
    })
    await api.as(asker, 'POST', `/answers/${answer.id}/follow-ups`, { body: 'En dan?', anonymous: false })
    await api.as(asker, 'PATCH', `/questions/${id}`, { title, body: 'Aangevuld.' }, { headers: { 'if-match': '"1"' } })
    await api.as(asker, 'PUT', `/answers/${answer.id}/helped`, {})
    await api.as(asker, 'PUT', `/answers/${answer.id}/thanks`)
    await api.as(asker, 'PUT', `/questions/${id}/yield`, { body: 'Het is gezegd.' })
    await api.as(asker, 'PUT', `/questions/${id}/closure`, { reason: 'Opgelost.' })
    await api.as(asker, 'DELETE', `/questions/${id}/closure`)

    const paths = [
      `/questions/${id}`,
      `/questions/${number}`,
      `/questions/${id}/history`,
      `/answers/${answer.id}/history`,
      '/questions?limit=50',
      `/questions?theme=${theme.slug}`,
      '/questions/suggestions?q=collega%20vertellen',
    ]
    for (const path of paths) {
      for (const answered of [
        await api.visitor('GET', path),
        await api.as(helper, 'GET', path),
        await api.as(moderator, 'GET', path),
      ]) {
        expect([path, answered.status]).toEqual([path, 200])
        expectNoTrace(answered.text, asker)
      }
    }
    const shown = QuestionView.parse((await api.visitor('GET', `/questions/${id}`)).body)
    expect(shown.author).toEqual({
      anonymous: true,
      isAsker: true,
      handle: null,
      name: null,
      portrait: null,
      roleKind: null,
      jobTitle: null,
      region: null,
    })
    expect(shown.answers[0]?.followUps[0]?.author).toMatchObject({ anonymous: true, isAsker: true, name: null })

    const events = await database.owner.query('select * from events where question_id = $1', [id])
    expect(events.rows.map((event) => event.type).sort()).toEqual(
      [
        'answer.marked_helpful',
        'answer.posted',
        'answer.posted',
        'question.asked',
        'question.closed',
        'question.edited',
        'question.reopened',
        'yield.shared',
      ].sort(),
    )
    expectNoTrace(JSON.stringify(events.rows), asker)
    const revisions = await database.owner.query('select * from revisions where subject_id = $1', [id])
    expectNoTrace(JSON.stringify(revisions.rows), asker)
    const rows = await database.owner.query(
      'select * from questions q left join answers a on a.question_id = q.id where q.id = $1',
      [id],
    )
    expectNoTrace(JSON.stringify(rows.rows), asker)
  })

  it('still belongs to its asker', async () => {
    const { asker, id } = await givenAnonymous({ role: 0, region: 0 })

    const mine = await api.as(asker, 'GET', `/questions/${id}/mine`)
    expect(mine.body).toMatchObject({
      isAsker: true,
      can: { edit: { allowed: true }, answer: { allowed: false, because: 'own_question' } },
    })
    expect(
      (await api.as(asker, 'POST', `/questions/${id}/answers`, { body: 'Zelf.', perspective: 'practice' })).body.code,
    ).toBe('own_question')
    expect((await api.as(asker, 'PUT', `/questions/${id}/withdrawal`)).status).toBe(204)
    expect((await api.as(asker, 'GET', `/questions/${id}`)).status).toBe(200)
    expect((await api.visitor('GET', `/questions/${id}`)).status).toBe(410)
  })

  it('shows role and region only when at least ten members share them, and only as chosen', async () => {
    const authorOf = async (asked: { id: string }) => (await api.visitor('GET', `/questions/${asked.id}`)).body.author

    const nine = await givenAnonymous({ role: 8, region: 8 })
    expect(await authorOf(nine)).toMatchObject({ roleKind: null, region: null })
    const { role, region, ...tenth } = await givenAnonymous({ role: 9, region: 8 })
    expect((await api.visitor('GET', `/questions/${tenth.id}`)).text).toContain(role)
    const { rows } = await database.owner.query('select shown_role, shown_region from questions where id = $1', [
      tenth.id,
    ])
    expect(rows).toEqual([{ shown_role: role, shown_region: null }])
    const ten = await givenAnonymous({ role: 9, region: 9 }, { showRole: false })
    expect(await authorOf(ten)).toMatchObject({ roleKind: null, region: ten.region.name })
    const none = await givenAnonymous({ role: 9, region: 9 }, { showRole: false, showRegion: false })
    expect(await authorOf(none)).toMatchObject({ roleKind: null, region: null })
    expect(region.code).toMatch(/^GM/)
  })
})

describe('an anonymous answer', () => {
  it('is written by nobody for everybody, and by oneself for oneself', async () => {
    const helper = await givenPerson(database)
    const question = await givenQuestion(database, { author: await givenPerson(database) })
    const posted = await api.as(helper, 'POST', `/questions/${question.id}/answers`, {
      body: 'Uit ervaring.',
      perspective: 'experience',
      anonymous: true,
    })
    expect(posted.status).toBe(201)

    const seen = await api.visitor('GET', `/questions/${question.id}`)
    expectNoTrace(seen.text, helper)
    expect(seen.body.answers[0].author).toMatchObject({ anonymous: true, isAsker: false })
    const { rows } = await database.owner.query('select actor_id from events where subject_id = $1', [posted.body.id])
    expect(rows).toEqual([{ actor_id: null }])
    const mine = await api.as(helper, 'GET', `/questions/${question.id}/mine`)
    expect(mine.body.answers).toMatchObject([{ mine: true, canEdit: { allowed: true } }])
    const edited = await api.as(
      helper,
      'PATCH',
      `/answers/${posted.body.id}`,
      { body: 'Uit eigen ervaring.' },
      { headers: { 'if-match': '"1"' } },
    )
    expect(edited.status).toBe(204)
    const edits = await database.owner.query(
      `select actor_id from events where subject_id = $1 and type = 'answer.edited'`,
      [posted.body.id],
    )
    expect(edits.rows).toEqual([{ actor_id: null }])
  })

  it('of a named asker below their own question does not say that it is the asker', async () => {
    const asker = await givenPerson(database)
    const question = await givenQuestion(database, { author: asker })
    const answer = await givenAnswer(database, question.id, { author: await givenPerson(database) })

    await api.as(asker, 'POST', `/answers/${answer.id}/follow-ups`, { body: 'Stille vraag.', anonymous: true })

    const seen = await api.visitor('GET', `/questions/${question.id}`)
    expect(seen.body.answers[0].followUps[0].author).toMatchObject({ anonymous: true, isAsker: false, name: null })
  })
})

describe('the seal', () => {
  it('cannot be read by the role of the app, not even by its writer', async () => {
    const { asker } = await givenAnonymous({ role: 0, region: 0 })
    const client = await database.api.pool.connect()
    await client.query('begin')
    await client.query('select ctx.enter($1, null, null)', [asker.personId])
    await expect(client.query('select * from sealed_authors')).rejects.toMatchObject({ code: '42501' })
    await client.query('rollback')
    client.release()
  })
})
