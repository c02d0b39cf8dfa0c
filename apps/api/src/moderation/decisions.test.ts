import { givenDatabase } from '@meedenk/db/test/database'
import { givenAnswer, givenPerson, givenQuestion, recordedEvents, type TestPerson } from '@meedenk/db/test/factories'
import { ReportView, SealOpened } from '@meedenk/domain/moderation/schemas'
import { describe, expect, it } from 'vitest'
import { givenApi } from '../../test/api.ts'

const database = await givenDatabase()
const api = await givenApi(database)
const moderator = await givenPerson(database, { platformRole: 'moderator', name: 'Moniek Moderator' })
const reason = 'Hier is iemand te herkennen (spelregel 3).'

async function givenReported(subjectKind: 'question' | 'answer', subjectId: string, why = 'incorrect') {
  const reporter = await givenPerson(database)
  await api.as(reporter, 'POST', '/reports', {
    subjectKind,
    subjectId,
    reason: why,
    explanation: 'Kijk hier eens naar.',
  })
  const { rows } = await database.owner.query('select id from reports where subject_id = $1 order by id desc limit 1', [
    subjectId,
  ])
  return String(rows[0].id)
}
const decide = (person: TestPerson, id: string, decision: string, more: object = {}) =>
  api.as(person, 'PUT', `/moderation/reports/${id}/decision`, { decision, reason, ...more })
const hiddenAt = async (table: 'questions' | 'answers', id: string) =>
  (await database.owner.query(`select hidden_at from ${table} where id = $1`, [id])).rows[0].hidden_at

describe('deciding on a report', () => {
  it('hides the post, keeps the reason, and records both facts', async () => {
    const question = await givenQuestion(database)
    const id = await givenReported('question', question.id)

    const answer = await decide(moderator, id, 'hide', { rule: 3 })

    expect(answer.status).toBe(200)
    expect(ReportView.parse(answer.body)).toMatchObject({
      decision: { decision: 'hide', reason, decidedBy: 'Moniek Moderator' },
      subject: { hidden: true },
    })
    expect(await hiddenAt('questions', question.id)).not.toBeNull()
    expect(await recordedEvents(database, question.id)).toEqual([
      { type: 'question.hidden', actor_id: moderator.personId },
    ])
    expect((await recordedEvents(database, id)).map((event) => event.type)).toEqual(['post.reported', 'report.decided'])
    const { rows } = await database.owner.query(
      'select decision, reason, rule from moderation_decisions where report_id = $1',
      [id],
    )
    expect(rows).toEqual([{ decision: 'hide', reason, rule: 3 }])
  })

  it('shows again what hid by itself when it may stay', async () => {
    const question = await givenQuestion(database)
    const id = await givenReported('question', question.id, 'recognisable')
    expect(await hiddenAt('questions', question.id)).not.toBeNull()

    await decide(moderator, id, 'keep')

    expect(await hiddenAt('questions', question.id)).toBeNull()
    expect((await recordedEvents(database, question.id)).map((event) => event.type)).toEqual([
      'question.hidden',
      'question.restored',
    ])
  })

  it('confirms what hid by itself, with an event so that the author hears the reason', async () => {
    const question = await givenQuestion(database)
    const answer = await givenAnswer(database, question.id, { author: await givenPerson(database) })
    const id = await givenReported('answer', answer.id, 'recognisable')

    await decide(moderator, id, 'hide')

    expect(await hiddenAt('answers', answer.id)).not.toBeNull()
    expect(await recordedEvents(database, answer.id)).toEqual([
      { type: 'answer.hidden', actor_id: null },
      { type: 'answer.hidden', actor_id: moderator.personId },
    ])
  })

  it('happens once, also when two moderators decide at the same moment', async () => {
    const colleague = await givenPerson(database, { platformRole: 'moderator' })
    const id = await givenReported('question', (await givenQuestion(database)).id)

    const answers = await Promise.all([decide(moderator, id, 'hide'), decide(colleague, id, 'keep')])

    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    expect(answers.find((answer) => answer.status === 409)?.body.code).toBe('already_decided')
  })

  it('is not for who wrote it, also not anonymously', async () => {
    const [named, sealed] = [
      await givenQuestion(database, { author: moderator }),
      await givenQuestion(database, { author: moderator, anonymous: true }),
    ]
    for (const question of [named, sealed]) {
      const answer = await decide(moderator, await givenReported('question', question.id), 'keep')
      expect([answer.status, answer.body.code]).toEqual([409, 'own_post'])
    }
  })

  it.each([
    ['a reason that says nothing', { reason: 'nee' }],
    ['a reason of blanks', { reason: ' '.repeat(40) }],
    ['an unknown decision', { decision: 'burn' }],
    ['a rule that is none', { rule: 8 }],
    ['an unknown field', { silently: true }],
  ])('refuses %s', async (_name, more) => {
    const id = await givenReported('question', (await givenQuestion(database)).id)
    expect((await decide(moderator, id, 'hide', more)).status).toBe(422)
  })

  it('is for moderators, about reports that are there', async () => {
    const id = await givenReported('question', (await givenQuestion(database)).id)
    expect((await decide(await givenPerson(database), id, 'hide')).body.code).toBe('moderators_only')
    expect((await decide(moderator, crypto.randomUUID(), 'hide')).status).toBe(404)
  })
})

describe('deciding without a report', () => {
  const put = (person: TestPerson, body: object) =>
    api.as(person, 'PUT', '/moderation/posts/decision', { subjectKind: 'question', reason, ...body })

  it('hides and restores with a stored reason', async () => {
    const question = await givenQuestion(database)

    const hidden = await put(moderator, { subjectId: question.id, decision: 'hide' })
    const again = await put(moderator, { subjectId: question.id, decision: 'hide' })
    const restored = await put(moderator, { subjectId: question.id, decision: 'restore' })

    expect([hidden.body, again.body.code, restored.body]).toEqual([
      { hidden: true },
      'already_decided',
      { hidden: false },
    ])
    expect((await recordedEvents(database, question.id)).map((event) => event.type)).toEqual([
      'question.hidden',
      'question.restored',
    ])
    const { rows } = await database.owner.query(
      'select decision, reason from moderation_decisions where subject_id = $1 order by id',
      [question.id],
    )
    expect(rows).toEqual([
      { decision: 'hide', reason },
      { decision: 'restore', reason },
    ])
  })

  it('is for moderators, about posts that are there', async () => {
    const question = await givenQuestion(database)
    expect((await put(await givenPerson(database), { subjectId: question.id, decision: 'hide' })).body.code).toBe(
      'moderators_only',
    )
    expect((await put(moderator, { subjectId: crypto.randomUUID(), decision: 'hide' })).status).toBe(404)
  })
})

describe('opening a seal', () => {
  const why = 'Er is aangifte gedaan van bedreiging in deze vraag.'
  const open = (person: TestPerson, id: string, body: object = { reason: why }) =>
    api.as(person, 'POST', `/moderation/seals/${id}/opening`, body)

  it('tells who wrote it, and leaves its reason and an event behind', async () => {
    const author = await givenPerson(database)
    const question = await givenQuestion(database, { author, anonymous: true })

    const answer = await open(moderator, question.id)

    expect(SealOpened.parse(answer.body)).toEqual({ handle: author.handle, name: author.name })
    const { rows } = await database.owner.query('select opened_by, reason from seal_openings where subject_id = $1', [
      question.id,
    ])
    expect(rows).toEqual([{ opened_by: moderator.personId, reason: why }])
    expect(await recordedEvents(database, question.id)).toEqual([{ type: 'seal.opened', actor_id: moderator.personId }])
  })

  it('needs a reason of twenty characters, counted as people count', async () => {
    const question = await givenQuestion(database, { author: await givenPerson(database), anonymous: true })
    expect((await open(moderator, question.id, { reason: 'nieuwsgierig' })).status).toBe(422)
    expect((await open(moderator, question.id, { reason: '👀'.repeat(11) })).status).toBe(422)
  })

  it('finds nothing to open at a post under a name', async () => {
    const question = await givenQuestion(database, { author: await givenPerson(database) })
    expect((await open(moderator, question.id)).status).toBe(404)
  })

  it('is for moderators whose session was proven not long ago', async () => {
    const question = await givenQuestion(database, { author: await givenPerson(database), anonymous: true })
    expect((await open(await givenPerson(database), question.id)).body.code).toBe('moderators_only')
    const former = await givenPerson(database, { platformRole: 'moderator' })
    await api.as(former, 'GET', '/moderation/reports')
    await database.owner.query(`update people set platform_role = 'member' where id = $1`, [former.personId])
    expect((await open(former, question.id)).body.code).toBe('moderators_only')
  })
})
