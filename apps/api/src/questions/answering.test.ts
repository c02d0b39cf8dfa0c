import { givenDatabase } from '@meedenk/db/test/database'
import { givenAnswer, givenPerson, givenQuestion, recordedEvents } from '@meedenk/db/test/factories'
import { AnswerPosted, QuestionView } from '@meedenk/domain/questions/schemas'
import { describe, expect, it } from 'vitest'
import { givenApi } from '../../test/api.ts'

const database = await givenDatabase()
const api = await givenApi(database)
const unknown = '0198f000-0000-7000-8000-000000000000'

async function givenAsker() {
  const [asker, helper] = [await givenPerson(database), await givenPerson(database)]
  return { asker, helper, question: await givenQuestion(database, { author: asker }) }
}
const shown = async (id: string) => QuestionView.parse((await api.visitor('GET', `/questions/${id}`)).body)

describe('answering', () => {
  it('shows under the name and perspective of the helper, and is recorded', async () => {
    const { helper, question } = await givenAsker()
    await database.owner.query(`insert into drafts (person_id, key, content, saved_at) values ($1, $2, '{}', now())`, [
      helper.personId,
      `answer-${question.id}`,
    ])

    const answer = await api.as(helper, 'POST', `/questions/${question.id}/answers`, {
      body: 'Begin klein.\nEn samen.',
      perspective: 'experience',
    })

    expect(answer.status).toBe(201)
    const { id } = AnswerPosted.parse(answer.body)
    const view = await shown(question.id)
    expect(view.answers).toMatchObject([
      {
        id,
        body: 'Begin klein.\nEn samen.',
        perspective: 'experience',
        referral: null,
        helped: false,
        thanks: 0,
        followUps: [],
        version: 1,
        author: { anonymous: false, isAsker: false, name: helper.name },
      },
    ])
    expect([view.state, view.firstAnswerAt === null]).toEqual(['thinking', false])
    expect(await recordedEvents(database, id)).toEqual([{ type: 'answer.posted', actor_id: helper.personId }])
    const { rowCount } = await database.owner.query('select 1 from drafts where person_id = $1', [helper.personId])
    expect(rowCount).toBe(0)
  })

  it('may refer to a source on the web, and to nothing else', async () => {
    const { helper, question } = await givenAsker()
    const refer = (url: string) =>
      api.as(helper, 'POST', `/questions/${question.id}/answers`, {
        body: 'Zie hier.',
        perspective: 'knowledge',
        referral: { url, title: 'De handreiking' },
      })

    expect((await refer('https://voorbeeld.nl/handreiking?a=1')).status).toBe(201)
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'ftp://voorbeeld.nl', 'geen adres', '']) {
      expect([url, (await refer(url)).status]).toEqual([url, 422])
    }
    expect((await shown(question.id)).answers[0]?.referral).toEqual({
      url: 'https://voorbeeld.nl/handreiking?a=1',
      title: 'De handreiking',
    })
  })

  it('is refused to the asker, visitors, paused members, and below what is closed, hidden or unknown', async () => {
    const { asker, helper, question } = await givenAsker()
    const paused = await givenPerson(database, { state: 'paused' })
    const hidden = await givenQuestion(database, { hiddenAt: new Date() })
    const answer = { body: 'Begin klein.', perspective: 'practice' }
    const post = (who: typeof asker, id: string, body: object = answer) =>
      api.as(who, 'POST', `/questions/${id}/answers`, body)

    expect((await post(asker, question.id)).body.code).toBe('own_question')
    expect((await post(paused, question.id)).body.code).toBe('account_paused')
    expect((await api.visitor('POST', `/questions/${question.id}/answers`, answer)).status).toBe(401)
    expect((await post(helper, hidden.id)).status).toBe(404)
    expect((await post(helper, unknown)).status).toBe(404)
    expect((await post(helper, question.id, { ...answer, body: 'Haar bsn is 111222333' })).body.code).toBe(
      'citizen_number',
    )
    expect((await post(helper, question.id, { ...answer, perspective: 'nobody' })).status).toBe(422)
    expect((await shown(question.id)).answers).toEqual([])
  })
})

describe('asking further', () => {
  it('goes one level deep, by helper and asker', async () => {
    const { asker, helper, question } = await givenAsker()
    const answer = await givenAnswer(database, question.id, { author: helper })

    const byAsker = await api.as(asker, 'POST', `/answers/${answer.id}/follow-ups`, { body: 'Hoe dan?' })
    const byHelper = await api.as(helper, 'POST', `/answers/${answer.id}/follow-ups`, { body: 'Zo.' })
    const deeper = await api.as(helper, 'POST', `/answers/${byAsker.body.id}/follow-ups`, { body: 'Te diep.' })

    expect([byAsker.status, byHelper.status, deeper.status, deeper.body.code]).toEqual([
      201,
      201,
      409,
      'follow_up_of_follow_up',
    ])
    const view = await shown(question.id)
    expect(view.answers[0]?.followUps.map((further) => [further.body, further.author.isAsker])).toEqual([
      ['Hoe dan?', true],
      ['Zo.', false],
    ])
    const { rows } = await database.owner.query('select answer_count from questions where id = $1', [question.id])
    expect(rows[0].answer_count).toBe(1)
  })

  it('is not possible below what is closed or gone', async () => {
    const { asker, helper, question } = await givenAsker()
    const answer = await givenAnswer(database, question.id, { author: helper })
    const hidden = await givenAnswer(database, question.id, { author: helper, hiddenAt: new Date() })

    expect((await api.as(asker, 'POST', `/answers/${hidden.id}/follow-ups`, { body: 'Hoe dan?' })).status).toBe(404)
    await api.as(asker, 'PUT', `/questions/${question.id}/closure`, { reason: 'Klaar.' })
    expect((await api.as(asker, 'POST', `/answers/${answer.id}/follow-ups`, { body: 'Hoe dan?' })).body.code).toBe(
      'question_closed',
    )
  })
})

describe('changing an answer', () => {
  it('asks for the version, keeps what stood there, and belongs to its writer', async () => {
    const { asker, helper, question } = await givenAsker()
    const answer = await givenAnswer(database, question.id, {
      author: helper,
      body: 'Eerst dit.',
      postedAt: new Date(Date.now() - 20 * 60_000),
    })
    const edit = (who: typeof asker, version: number) =>
      api.as(who, 'PATCH', `/answers/${answer.id}`, { body: 'Nu dat.' }, { headers: { 'if-match': `"${version}"` } })

    expect((await api.as(helper, 'PATCH', `/answers/${answer.id}`, { body: 'Nu dat.' })).status).toBe(428)
    expect((await edit(asker, 1)).body.code).toBe('not_yours')
    const changed = await edit(helper, 1)
    expect([changed.status, changed.headers.etag]).toEqual([204, '"2"'])
    expect((await edit(helper, 1)).status).toBe(412)

    expect((await shown(question.id)).answers[0]).toMatchObject({
      body: 'Nu dat.',
      version: 2,
      editedAt: expect.any(String),
    })
    const history = await api.visitor('GET', `/answers/${answer.id}/history`)
    expect(history.body.items).toMatchObject([{ title: null, body: 'Eerst dit.' }])
    expect((await recordedEvents(database, answer.id)).map((event) => event.type)).toEqual(['answer.edited'])
  })

  it('can be taking it away: it goes, and so does its history', async () => {
    const { asker, helper, question } = await givenAsker()
    const answer = await givenAnswer(database, question.id, { author: helper })

    expect((await api.as(asker, 'PUT', `/answers/${answer.id}/withdrawal`)).body.code).toBe('not_yours')
    expect((await api.as(helper, 'PUT', `/answers/${answer.id}/withdrawal`)).status).toBe(204)
    expect((await api.as(helper, 'PUT', `/answers/${answer.id}/withdrawal`)).status).toBe(404)

    expect(await shown(question.id)).toMatchObject({
      answers: [],
      state: 'waiting',
      missingPerspectives: ['practice', 'policy', 'knowledge', 'experience'],
    })
    expect((await api.visitor('GET', `/answers/${answer.id}/history`)).status).toBe(404)
    expect((await recordedEvents(database, answer.id)).map((event) => event.type)).toEqual(['answer.withdrawn'])
  })

  it('has no history to show below a hidden question', async () => {
    const { helper, question } = await givenAsker()
    const answer = await givenAnswer(database, question.id, { author: helper })
    await database.owner.query('update questions set hidden_at = now() where id = $1', [question.id])

    expect((await api.visitor('GET', `/answers/${answer.id}/history`)).status).toBe(404)
    expect((await api.visitor('GET', `/questions/${question.id}/history`)).status).toBe(404)
  })
})

describe('thanks', () => {
  it('are counted once per person, taken back, and not for oneself', async () => {
    const { asker, helper, question } = await givenAsker()
    const answer = await givenAnswer(database, question.id, { author: helper })
    const path = `/answers/${answer.id}/thanks`
    const count = async () => (await shown(question.id)).answers[0]?.thanks

    expect((await api.as(asker, 'PUT', path)).status).toBe(204)
    expect((await api.as(asker, 'PUT', path)).status).toBe(204)
    expect(await count()).toBe(1)
    expect((await api.as(helper, 'PUT', path)).body.code).toBe('own_answer')
    expect((await api.visitor('PUT', path)).status).toBe(401)
    expect((await api.as(asker, 'DELETE', path)).status).toBe(204)
    expect((await api.as(asker, 'DELETE', path)).status).toBe(204)
    expect(await count()).toBe(0)
  })
})

describe('the mark of the asker', () => {
  it('may stand by several answers, is recorded once each, and can be taken back', async () => {
    const { asker, helper, question } = await givenAsker()
    const [one, two] = [
      await givenAnswer(database, question.id, { author: helper }),
      await givenAnswer(database, question.id, { author: helper }),
    ]
    const mark = (id: string, turn: string | null) => api.as(asker, 'PUT', `/answers/${id}/helped`, { turn })

    for (const id of [one.id, two.id]) expect((await mark(id, 'application')).status).toBe(204)
    expect((await mark(one.id, 'other_reading')).status).toBe(204)
    const marks = (await shown(question.id)).answers.map((answer) => [answer.id, [answer.helped, answer.turn]])
    expect(Object.fromEntries(marks)).toEqual({ [one.id]: [true, 'other_reading'], [two.id]: [true, 'application'] })
    expect(await recordedEvents(database, one.id)).toEqual([
      { type: 'answer.marked_helpful', actor_id: asker.personId },
    ])

    expect((await api.as(asker, 'DELETE', `/answers/${one.id}/helped`)).status).toBe(204)
    expect((await api.as(asker, 'DELETE', `/answers/${two.id}/helped`)).status).toBe(204)
    expect((await shown(question.id)).state).toBe('thinking')
  })

  it('is the asker’s alone, and only for answers', async () => {
    const { asker, helper, question } = await givenAsker()
    const answer = await givenAnswer(database, question.id, { author: helper })
    const further = await givenAnswer(database, question.id, { author: helper, parentId: answer.id })

    expect((await api.as(helper, 'PUT', `/answers/${answer.id}/helped`, {})).body.code).toBe('not_the_asker')
    expect((await api.as(asker, 'PUT', `/answers/${further.id}/helped`, {})).status).toBe(404)
    expect((await api.as(asker, 'PUT', `/answers/${answer.id}/helped`, { turn: 'sideways' })).status).toBe(422)
  })

  it('is all that the database lets an asker change on an answer of another', async () => {
    const { asker, helper, question } = await givenAsker()
    const answer = await givenAnswer(database, question.id, { author: helper })
    const client = await database.api.pool.connect()
    await client.query('begin')
    await client.query('select ctx.enter($1, null, null)', [asker.personId])
    await expect(
      client.query(`update answers set body = 'Verdraaid.' where id = $1`, [answer.id]),
    ).rejects.toMatchObject({ code: '42501' })
    await client.query('rollback')
    client.release()
  })
})

describe('"I have this too" and keeping', () => {
  it('count once, and not for the asker', async () => {
    const { asker, helper, question } = await givenAsker()

    expect((await api.as(asker, 'PUT', `/questions/${question.id}/me-too`)).body.code).toBe('own_question')
    for (let again = 0; again < 2; again++)
      expect((await api.as(helper, 'PUT', `/questions/${question.id}/me-too`)).status).toBe(204)
    expect((await shown(question.id)).meToos).toBe(1)
    expect((await api.as(helper, 'GET', `/questions/${question.id}/mine`)).body.meToo).toBe(true)
    expect((await api.as(helper, 'DELETE', `/questions/${question.id}/me-too`)).status).toBe(204)
    expect((await shown(question.id)).meToos).toBe(0)
  })

  it('lists what one kept oneself, last kept first, page by page', async () => {
    const { helper } = await givenAsker()
    const questions = [await givenQuestion(database), await givenQuestion(database), await givenQuestion(database)]
    for (const { id } of questions) expect((await api.as(helper, 'PUT', `/questions/${id}/saved`)).status).toBe(204)

    const first = await api.as(helper, 'GET', '/questions/saved?limit=2')
    const second = await api.as(helper, 'GET', `/questions/saved?limit=2&after=${first.body.next}`)
    const ids = [...first.body.items, ...second.body.items].map((item: { id: string }) => item.id)
    expect(ids).toEqual(questions.map((question) => question.id).reverse())
    expect(second.body.next).toBeNull()

    await api.as(helper, 'DELETE', `/questions/${ids[0]}/saved`)
    expect((await api.as(helper, 'GET', '/questions/saved')).body.items).toHaveLength(2)
    expect((await api.as(await givenPerson(database), 'GET', '/questions/saved')).body.items).toEqual([])
    expect((await api.as(helper, 'PUT', `/questions/${unknown}/saved`)).status).toBe(404)
  })
})
