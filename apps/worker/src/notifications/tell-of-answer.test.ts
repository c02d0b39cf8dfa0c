import { givenDatabase } from '@meedenk/db/test/database'
import { givenAnswer, givenPerson, givenQuestion } from '@meedenk/db/test/factories'
import { plazaId } from '@meedenk/domain/channels/schemas'
import type { EventType } from '@meedenk/domain/events'
import { describe, expect, it } from 'vitest'
import { givenEvent, givenTools, noticesOf } from '../../test/worker.ts'

const database = await givenDatabase()
const { react, run } = givenTools(database)
const kindsOf = async (person: { personId: string }) => (await noticesOf(database, person)).map(({ kind }) => kind)
const happened = async (type: EventType, subjectId: string, questionId: string) =>
  react(await givenEvent(database, type, { subjectId, questionId }))

describe('an answer', () => {
  it.each([false, true])('reaches its asker (anonymous: %s), and nobody else', async (anonymous) => {
    const [asker, answerer] = [await givenPerson(database), await givenPerson(database)]
    const question = await givenQuestion(database, {
      author: asker,
      anonymous,
      askedAt: new Date('2026-11-19T15:00:00Z'),
    })
    const answer = await givenAnswer(database, question.id, {
      author: answerer,
      anonymous,
      postedAt: new Date('2026-11-20T09:00:00Z'),
    })

    await happened('answer.posted', answer.id, question.id)

    expect(await kindsOf(asker)).toEqual(['answer_posted'])
    expect(await kindsOf(answerer)).toEqual([])
    const { rows } = await database.owner.query(
      'select first_answer_office_minutes as minutes from questions where id = $1',
      [question.id],
    )
    expect(rows[0].minutes).toBe(120)
  })

  it('is not told when it was hidden or withdrawn meanwhile', async () => {
    const [asker, answerer] = [await givenPerson(database), await givenPerson(database)]
    const question = await givenQuestion(database, { author: asker })
    const answer = await givenAnswer(database, question.id, { author: answerer, hiddenAt: new Date() })

    await happened('answer.posted', answer.id, question.id)
    await run('tell-of-answer', { channelId: plazaId, eventId: crypto.randomUUID(), subjectId: crypto.randomUUID() })

    expect(await kindsOf(asker)).toEqual([])
  })
})

describe('a follow-up', () => {
  it('reaches the answerer and the asker, sealed or not, and never its writer', async () => {
    const [asker, answerer, third] = [
      await givenPerson(database),
      await givenPerson(database),
      await givenPerson(database),
    ]
    const question = await givenQuestion(database, { author: asker, anonymous: true })
    const answer = await givenAnswer(database, question.id, { author: answerer, anonymous: true })
    const byAsker = await givenAnswer(database, question.id, {
      author: asker,
      anonymous: true,
      byAsker: true,
      parentId: answer.id,
    })
    const byThird = await givenAnswer(database, question.id, { author: third, parentId: answer.id })

    await happened('answer.posted', byAsker.id, question.id)
    await happened('answer.posted', byThird.id, question.id)

    expect(await kindsOf(asker)).toEqual(['follow_up_posted'])
    expect(await kindsOf(answerer)).toEqual(['follow_up_posted', 'follow_up_posted'])
    expect(await kindsOf(third)).toEqual([])
  })
})

describe('what thinking along did', () => {
  it('reaches the one who helped, and all who thought along when there is a yield', async () => {
    const [asker, helper, other] = [
      await givenPerson(database),
      await givenPerson(database),
      await givenPerson(database),
    ]
    const question = await givenQuestion(database, { author: asker })
    const helped = await givenAnswer(database, question.id, { author: helper, anonymous: true })
    await givenAnswer(database, question.id, { author: helper })
    await givenAnswer(database, question.id, { author: other })
    await database.owner.query('update answers set helped_at = now() where id = $1', [helped.id])
    await database.owner.query(
      `insert into yields (channel_id, question_id, body, shared_at) values ($1, $2, 'We bellen nu eerst.', now())`,
      [plazaId, question.id],
    )

    await happened('answer.marked_helpful', helped.id, question.id)
    await happened('yield.shared', question.id, question.id)
    await happened('yield.shared', question.id, question.id)

    expect(await kindsOf(helper)).toEqual(['answer_helped', 'yield_shared'])
    expect(await kindsOf(other)).toEqual(['yield_shared'])
    expect(await kindsOf(asker)).toEqual([])
  })

  it('is not told when the mark was taken back before', async () => {
    const helper = await givenPerson(database)
    const question = await givenQuestion(database)
    const answer = await givenAnswer(database, question.id, { author: helper })

    await happened('answer.marked_helpful', answer.id, question.id)

    expect(await kindsOf(helper)).toEqual([])
  })
})

describe('a security event', () => {
  it('reaches its person at once, whatever their pace', async () => {
    const person = await givenPerson(database)
    await database.owner.query(`insert into mail_pauses (person_id, until) values ($1, now() + interval '30 days')`, [
      person.personId,
    ])

    await react(await givenEvent(database, 'passkey.added', { actor: person, subjectId: person.personId }))
    await react(await givenEvent(database, 'session.theft_suspected', { subjectId: person.sessionId }))

    const notices = await noticesOf(database, person)
    expect(notices.map(({ kind, because }) => [kind, because])).toEqual([
      ['account_security', 'passkey.added'],
      ['account_security', 'session.theft_suspected'],
    ])
    for (const notice of notices) expect(notice.mail_id).not.toBeNull()
  })
})
