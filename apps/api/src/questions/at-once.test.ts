import { randomUUID } from 'node:crypto'
import { givenDatabase } from '@meedenk/db/test/database'
import { givenAnswer, givenPerson, givenQuestion, givenTheme } from '@meedenk/db/test/factories'
import { describe, expect, it } from 'vitest'
import { givenApi } from '../../test/api.ts'

const database = await givenDatabase()
const api = await givenApi(database)
const title = 'Hoe doe je twee dingen tegelijk goed?'

async function countOf(table: string, where: string, ...values: unknown[]): Promise<number> {
  const { rows } = await database.owner.query(`select count(*)::int as count from ${table} where ${where}`, values)
  return rows[0].count
}
const times = <Result>(count: number, work: (turn: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, turn) => work(turn)))
const sorted = (numbers: number[]) => numbers.sort((a, b) => a - b)

describe('at the same time', () => {
  it('the same question sent ten times is one question', async () => {
    const [asker, theme] = [await givenPerson(database), await givenTheme(database)]
    const headers = { 'idempotency-key': randomUUID() }

    const answers = await times(10, () =>
      api.as(asker, 'POST', '/questions', { title, themeIds: [theme.id] }, { headers }),
    )

    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]))
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
    expect(await countOf('questions', 'author_id = $1', asker.personId)).toBe(1)
    expect(await countOf('events', `actor_id = $1 and type = 'question.asked'`, asker.personId)).toBe(1)
    const other = await api.as(
      asker,
      'POST',
      '/questions',
      { title: `${title} Anders.`, themeIds: [theme.id] },
      { headers },
    )
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused'])
  })

  it('the same answer sent ten times is one answer', async () => {
    const helper = await givenPerson(database)
    const { id } = await givenQuestion(database)
    const headers = { 'idempotency-key': randomUUID() }

    const answers = await times(10, () =>
      api.as(helper, 'POST', `/questions/${id}/answers`, { body: 'Een.', perspective: 'practice' }, { headers }),
    )

    expect(new Set(answers.map((answer) => `${answer.status} ${answer.body.id}`)).size).toBe(1)
    expect(await countOf('answers', 'question_id = $1', id)).toBe(1)
    expect(await countOf('events', `question_id = $1`, id)).toBe(1)
  })

  it('of fifteen questions of one person ten are asked', async () => {
    const [asker, theme] = [await givenPerson(database), await givenTheme(database)]

    const answers = await times(15, (turn) =>
      api.as(asker, 'POST', '/questions', {
        title: `${title} ${turn}`,
        themeIds: [theme.id],
        anonymous: turn % 2 === 0,
      }),
    )

    expect(sorted(answers.map((answer) => answer.status))).toEqual([...Array(10).fill(201), ...Array(5).fill(429)])
  })

  it('of five edits of one version one wins', async () => {
    const asker = await givenPerson(database)
    const { id } = await givenQuestion(database, { author: asker })

    const answers = await times(5, (turn) =>
      api.as(asker, 'PATCH', `/questions/${id}`, { title, body: `Versie ${turn}` }, { headers: { 'if-match': '"1"' } }),
    )

    expect(sorted(answers.map((answer) => answer.status))).toEqual([204, 412, 412, 412, 412])
    expect(await countOf('revisions', 'subject_id = $1', id)).toBe(1)
    expect(await countOf('events', `subject_id = $1 and type = 'question.edited'`, id)).toBe(1)
  })

  it('fifty times "me too" of one person is one, of thirty people thirty', async () => {
    const { id } = await givenQuestion(database)
    const person = await givenPerson(database)
    const people = await times(30, () => givenPerson(database))

    const again = await times(50, () => api.as(person, 'PUT', `/questions/${id}/me-too`))
    const others = await times(30, (turn) => api.as(people[turn] ?? person, 'PUT', `/questions/${id}/me-too`))

    expect(new Set([...again, ...others].map((answer) => answer.status))).toEqual(new Set([204]))
    expect((await api.visitor('GET', `/questions/${id}`)).body.meToos).toBe(31)
    expect(await countOf('me_toos', 'question_id = $1', id)).toBe(31)
  })

  it('the counts of a question stay what a recount says, whatever happens at once', async () => {
    const [asker, helpers] = [await givenPerson(database), await times(6, () => givenPerson(database))]
    const { id } = await givenQuestion(database, { author: asker })
    const early = await times(12, (turn) => givenAnswer(database, id, { author: helpers[turn % 6] ?? asker }))

    const statuses = await times(36, async (turn) => {
      const [helper, answer] = [helpers[turn % 6] ?? asker, early[turn % 12]?.id]
      if (turn % 3 === 0)
        return api.as(helper, 'POST', `/questions/${id}/answers`, { body: `Nieuw ${turn}`, perspective: 'policy' })
      if (turn % 3 === 1) return api.as(asker, 'PUT', `/answers/${answer}/helped`, {})
      return api.as(helper, 'PUT', `/answers/${answer}/withdrawal`)
    })

    expect(statuses.filter((answer) => answer.status >= 500)).toEqual([])
    const { rows } = await database.owner.query(
      `select q.answer_count = count(a.id) as answers, q.helped_count = count(a.helped_at) as helped, q.answers_first_day = count(a.id) as first_day, count(a.id)::int as many
       from questions q left join answers a on a.question_id = q.id and a.withdrawn_at is null and a.hidden_at is null where q.id = $1 group by q.id`,
      [id],
    )
    expect(rows).toEqual([{ answers: true, helped: true, first_day: true, many: 20 }])
  })
})
