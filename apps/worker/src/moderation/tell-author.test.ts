import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson, givenQuestion } from '@meedenk/db/test/factories'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { describe, expect, it } from 'vitest'
import { givenEvent, givenTools, noticesOf } from '../../test/worker.ts'

const database = await givenDatabase()

async function givenDecision(
  subjectId: string,
  decision: 'hide' | 'restore' | 'keep',
  reporterId: string | null = null,
) {
  const moderator = await givenPerson(database, { platformRole: 'moderator' })
  const report = await database.owner.query(
    `insert into reports (channel_id, subject_kind, subject_id, reason, explanation, reporter_id, reported_at, due_at, decided_at)
     values ($1, 'question', $2, 'unsafe', 'KAN-uitleg', $3, now(), now(), now()) returning id`,
    [plazaId, subjectId, reporterId],
  )
  const made = await database.owner.query(
    `insert into moderation_decisions (channel_id, report_id, subject_kind, subject_id, decision, reason, rule, decided_by, decided_at)
     values ($1, $2, 'question', $3, $4, 'Hier is iemand te herkennen aan de straat.', 3, $5, now()) returning id`,
    [plazaId, report.rows[0].id, subjectId, decision, moderator.personId],
  )
  return { reportId: String(report.rows[0].id), decisionId: String(made.rows[0].id), moderator }
}

describe('a decision about a post', () => {
  it.each([false, true])('reaches its author (anonymous: %s) with the reason, by mail too', async (anonymous) => {
    const { react, mails } = givenTools(database)
    const author = await givenPerson(database)
    const question = await givenQuestion(database, {
      author,
      anonymous,
      hiddenAt: new Date(),
      title: 'Hoe help ik deze buurman verder?',
    })
    const { decisionId, moderator } = await givenDecision(question.id, 'hide')

    await react(
      await givenEvent(database, 'question.hidden', {
        actor: moderator,
        subjectId: question.id,
        questionId: question.id,
      }),
    )

    expect((await noticesOf(database, author)).map(({ kind, because }) => [kind, because])).toEqual([
      ['post_decided', decisionId],
    ])
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      [author.email, 'Een besluit over je bericht, en waarom'],
    ])
    expect(mails[0]?.text).toContain('Hier is iemand te herkennen aan de straat.')
    expect(mails[0]?.text).toContain('spelregel 3')
  })

  it('says that a post waits when it was hidden by itself, before a decision', async () => {
    const { react, mails } = givenTools(database)
    const author = await givenPerson(database)
    const question = await givenQuestion(database, { author, hiddenAt: new Date() })

    await react(await givenEvent(database, 'question.hidden', { subjectId: question.id, questionId: question.id }))

    expect((await noticesOf(database, author))[0]?.because).toBeNull()
    expect(mails[0]?.text).toContain('De moderatie kijkt er snel naar.')
  })

  it('reaches the member who reported, with what was decided', async () => {
    const { react, mails } = givenTools(database)
    const reporter = await givenPerson(database)
    const question = await givenQuestion(database)
    const { reportId, decisionId, moderator } = await givenDecision(question.id, 'keep', reporter.personId)

    await react(await givenEvent(database, 'report.decided', { actor: moderator, subjectId: reportId }))

    expect((await noticesOf(database, reporter)).map(({ kind, because }) => [kind, because])).toEqual([
      ['report_decided', decisionId],
    ])
    expect(mails[0]?.text).toContain('Het blijft staan.')
  })
})

describe('an opened seal', () => {
  it('is told to whoever wrote, with the reason and without a name in the event', async () => {
    const { react, mails } = givenTools(database)
    const author = await givenPerson(database)
    const moderator = await givenPerson(database, { platformRole: 'moderator' })
    const question = await givenQuestion(database, { author, anonymous: true })
    await database.owner.query(
      `insert into seal_openings (channel_id, subject_id, opened_by, reason, opened_at) values ($1, $2, $3, 'Er was een bedreiging met geweld.', now())`,
      [plazaId, question.id, moderator.personId],
    )

    await react(await givenEvent(database, 'seal.opened', { actor: moderator, subjectId: question.id }))

    expect((await noticesOf(database, author)).map(({ kind, because }) => [kind, because])).toEqual([
      ['post_decided', 'seal_opened'],
    ])
    expect(mails[0]?.text).toContain('Er was een bedreiging met geweld.')
    const { rows } = await database.owner.query(
      'select actor_id, facts from events where type = $1 and question_id = $2',
      ['notices.added', question.id],
    )
    expect(rows).toEqual([{ actor_id: null, facts: {} }])
  })
})
