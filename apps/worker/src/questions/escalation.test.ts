import { escalateQuestions } from '@meedenk/actions/questions/escalate-questions'
import { givenDatabase } from '@meedenk/db/test/database'
import { givenAnswer, givenPerson, givenQuestion, givenTheme, type TestTheme } from '@meedenk/db/test/factories'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { describe, expect, it } from 'vitest'
import { givenTools, noticesOf } from '../../test/worker.ts'

const database = await givenDatabase()
const tools = givenTools(database)
const start = new Date('2026-11-16T08:00:00Z').getTime()
let day = 0

/** Each test lives in a month of its own, so that no other question is due. */
function givenTime() {
  const askedAt = new Date(start + ++day * 30 * 86_400_000)
  const wait = async (hours: number) => {
    tools.clock.now = new Date(askedAt.getTime() + hours * 3_600_000)
    return escalateQuestions(tools.context('escalate-questions'))
  }
  return { askedAt, wait }
}
async function givenNeighbour(theme: TestTheme) {
  const neighbour = await givenTheme(database)
  await database.owner.query('insert into theme_neighbours (theme_id, neighbour_id, distance) values ($1, $2, 1)', [
    theme.id,
    neighbour.id,
  ])
  return neighbour
}
const told = async (person: { personId: string }) =>
  (await noticesOf(database, person)).map(({ kind, because }) => `${kind} ${because}`)
const stepsOf = async (question: { id: string }) =>
  (
    await database.owner.query<{ step: string; people: number }>(
      'select step, people from escalations where question_id = $1 order by taken_at, step',
      [question.id],
    )
  ).rows
const stepNames = async (question: { id: string }) => (await stepsOf(question)).map(({ step }) => step).sort()

describe('a question that stays silent', () => {
  it('asks neighbours, helpers, the guardian and the facilitator in turn, each step once', async () => {
    const { askedAt, wait } = givenTime()
    const guardian = await givenPerson(database)
    const facilitator = await givenPerson(database, { platformRole: 'moderator' })
    const theme = await givenTheme(database, { guardianId: guardian.personId })
    const neighbour = await givenPerson(database, { expertises: [(await givenNeighbour(theme)).id] })
    const helper = await givenPerson(database)
    const earlier = await givenQuestion(database, {
      themes: [theme],
      askedAt: new Date(askedAt.getTime() - 20 * 86_400_000),
    })
    const good = await givenAnswer(database, earlier.id, {
      author: helper,
      postedAt: new Date(askedAt.getTime() - 19 * 86_400_000),
    })
    await database.owner.query('update answers set helped_at = posted_at where id = $1', [good.id])
    const asker = await givenPerson(database, { expertises: [theme.id] })
    const question = await givenQuestion(database, { author: asker, themes: [theme], askedAt })

    expect(await wait(1.9)).toBe(0)
    for (const hours of [2.1, 2.2, 4.1, 4.2, 12.1, 12.2, 24.1, 24.2]) await wait(hours)

    expect(await told(neighbour)).toEqual(['question_invited neighbours'])
    expect(await told(helper)).toEqual(['question_invited helpers'])
    expect(await told(guardian)).toEqual(['question_escalated guardian'])
    expect(await told(facilitator)).toContain('question_escalated facilitator')
    expect(await told(asker)).toEqual([])
    expect(await stepsOf(question)).toMatchObject([
      { step: 'neighbours', people: 1 },
      { step: 'helpers', people: 1 },
      { step: 'guardian', people: 1 },
      { step: 'facilitator' },
    ])
    const { rows } = await database.owner.query(
      `select facts->>'step' as step from events where type = 'question.escalated' and question_id = $1 order by id`,
      [question.id],
    )
    expect(rows.map(({ step }) => step)).toEqual(['neighbours', 'helpers', 'guardian', 'facilitator'])
    const { rows: asked } = await database.owner.query('select people_asked from questions where id = $1', [
      question.id,
    ])
    expect(asked[0].people_asked).toBeGreaterThanOrEqual(4)
  })

  it('takes only the facilitator’s step when it got one to three answers', async () => {
    const { askedAt, wait } = givenTime()
    const theme = await givenTheme(database)
    const [few, enough] = [
      await givenQuestion(database, { themes: [theme], askedAt }),
      await givenQuestion(database, { themes: [theme], askedAt }),
    ]
    for (const [question, answers] of [
      [few, 3],
      [enough, 4],
    ] as const) {
      for (let i = 0; i < answers; i++)
        await givenAnswer(database, question.id, {
          author: await givenPerson(database),
          postedAt: new Date(askedAt.getTime() + 60_000),
        })
    }

    await wait(25)

    expect(await stepNames(few)).toEqual(['facilitator'])
    expect(await stepNames(enough)).toEqual([])
  })

  it('is left alone when it is closed, hidden, withdrawn or older than two weeks', async () => {
    const { askedAt, wait } = givenTime()
    const theme = await givenTheme(database)
    const questions = await Promise.all(
      ['closed_at', 'hidden_at', 'withdrawn_at', 'asked_at'].map(async (column) => {
        const question = await givenQuestion(database, { themes: [theme], askedAt })
        const value = column === 'asked_at' ? new Date(askedAt.getTime() - 15 * 86_400_000) : askedAt
        await database.owner.query(`update questions set ${column} = $2 where id = $1`, [question.id, value])
        return question
      }),
    )

    await wait(25)

    for (const question of questions) expect(await stepNames(question)).toEqual([])
  })
})

describe('an invitation', () => {
  it('stays within everybody’s budget, also for several questions at once', async () => {
    const { askedAt, wait } = givenTime()
    const theme = await givenTheme(database)
    const neighbourTheme = await givenNeighbour(theme)
    const [two, none] = [
      await givenPerson(database, { expertises: [neighbourTheme.id] }),
      await givenPerson(database, { expertises: [neighbourTheme.id] }),
    ]
    await database.owner.query(
      'update people set nudges_per_week = case id when $1 then 2 else 0 end where id in ($1, $2)',
      [two.personId, none.personId],
    )
    for (let i = 0; i < 4; i++)
      await givenQuestion(database, { themes: [theme], askedAt: new Date(askedAt.getTime() + i * 60_000) })

    await wait(3)
    await givenQuestion(database, { themes: [theme], askedAt: new Date(askedAt.getTime() + 3_600_000) })
    await wait(3.5)

    expect(await noticesOf(database, two)).toHaveLength(2)
    expect(await noticesOf(database, none)).toHaveLength(0)

    await givenQuestion(database, { themes: [theme], askedAt: new Date(askedAt.getTime() + 8 * 86_400_000) })
    await wait(8 * 24 + 3)
    expect(await noticesOf(database, two)).toHaveLength(3)
  })

  it('never goes to whoever has the question already, nor to an anonymous asker', async () => {
    const { askedAt, wait } = givenTime()
    const theme = await givenTheme(database)
    const neighbourTheme = await givenNeighbour(theme)
    const [expert, asker] = [
      await givenPerson(database, { expertises: [neighbourTheme.id] }),
      await givenPerson(database, { expertises: [neighbourTheme.id] }),
    ]
    const question = await givenQuestion(database, { author: asker, anonymous: true, themes: [theme], askedAt })
    await database.owner.query(
      `insert into notices (person_id, kind, channel_id, question_id, subject_id, added_at) values ($1, 'question_routed', $2, $3, $3, $4)`,
      [expert.personId, plazaId, question.id, askedAt],
    )

    await wait(3)

    expect(await told(expert)).toEqual(['question_routed null'])
    expect(await told(asker)).toEqual([])
    expect(await stepsOf(question)).toEqual([{ step: 'neighbours', people: 0 }])
  })
})

describe('looking back', () => {
  it('asks on day 7 and 21 what came of it, until there is a yield or a stop', async () => {
    const { askedAt } = givenTime()
    const asker = await givenPerson(database)
    const [open, stopped, silent] = [
      await givenQuestion(database, { author: asker, anonymous: true, askedAt }),
      await givenQuestion(database, { author: asker, askedAt }),
      await givenQuestion(database, { author: asker, askedAt }),
    ]
    for (const question of [open, stopped])
      await givenAnswer(database, question.id, { author: await givenPerson(database), postedAt: askedAt })
    const { askForYield } = await import('@meedenk/actions/questions/ask-for-yield')
    const on = async (days: number) => {
      tools.clock.now = new Date(askedAt.getTime() + days * 86_400_000)
      return askForYield(tools.context('ask-for-yield'))
    }
    const asked = async (question: { id: string }) =>
      (await noticesOf(database, asker))
        .filter(({ question_id }) => question_id === question.id)
        .map(({ kind, because }) => `${kind} ${because}`)

    await on(6.9)
    expect(await asked(open)).toEqual([])
    await on(7.1)
    await on(7.2)
    await database.owner.query(`update yield_reminders set outcome = 'stop' where question_id = $1`, [stopped.id])
    await on(21.1)
    await on(21.2)

    expect(await asked(open)).toEqual(['yield_asked day-7', 'yield_asked day-21'])
    expect(await asked(stopped)).toEqual(['yield_asked day-7'])
    expect(await asked(silent)).toEqual([])
  })
})
