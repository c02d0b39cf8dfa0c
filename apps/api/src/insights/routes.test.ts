import { givenDatabase, type TestDatabase } from '@meedenk/db/test/database'
import { givenAnswer, givenPerson, givenQuestion } from '@meedenk/db/test/factories'
import { PromiseView, StatusView } from '@meedenk/domain/insights/schemas'
import { describe, expect, it } from 'vitest'
import { givenApi } from '../../test/api.ts'

const hour = 3_600_000
const now = new Date('2026-11-18T12:00:00Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * hour)

async function givenMeasured(prepare: (database: TestDatabase) => Promise<unknown>) {
  const database = await givenDatabase()
  const api = await givenApi(database)
  api.clock.now = now
  await prepare(database)
  const answer = await api.visitor('GET', '/insights/promise')
  return { promise: PromiseView.parse(answer.body), answer, api, database }
}

/** A question asked so many hours ago with answers so many hours later. */
async function givenAsked(database: TestDatabase, ago: number, answersAfter: number[], more: { hiddenAt?: Date } = {}) {
  const question = await givenQuestion(database, { askedAt: hoursAgo(ago), ...more })
  const author = await givenPerson(database, { state: 'stopped' })
  for (const after of answersAfter)
    await givenAnswer(database, question.id, { author, postedAt: hoursAgo(ago - after) })
  return question
}

describe('the promise', () => {
  it('counts the questions of thirty days that everybody can see', async () => {
    const { promise, answer } = await givenMeasured(async (database) => {
      await givenAsked(database, 100, [1, 2, 3, 4])
      await givenAsked(database, 200, [5])
      await givenAsked(database, 2, [])
      await givenAsked(database, 31 * 24, [1])
      await givenAsked(database, 100, [1], { hiddenAt: now })
      const withdrawn = await givenAsked(database, 100, [1])
      await database.owner.query('update questions set withdrawn_at = now() where id = $1', [withdrawn.id])
    })

    expect(promise).toMatchObject({
      days: 30,
      questions: 3,
      answered: 2,
      tooFew: true,
      fourAnswersShare: 0.5,
      answersPerQuestion: 2.5,
    })
    expect(answer.headers['cache-control']).toBe('public, max-age=60')
  })

  it('counts a day of waiting as the slowest, and a question of just now not at all', async () => {
    const { promise } = await givenMeasured(async (database) => {
      await givenAsked(database, 100, [1])
      await givenAsked(database, 100, [2])
      await givenAsked(database, 100, [3])
      await givenAsked(database, 100, [])
      await givenAsked(database, 1, [])
    })

    expect(promise.firstAnswerMedian.clockHours).toBe(2)
    expect(promise.firstAnswerP80.clockHours).toBeNull()
  })

  it('shows office hours beside clock hours once they are known', async () => {
    const { promise } = await givenMeasured(async (database) => {
      const question = await givenAsked(database, 100, [16])
      await database.owner.query('update questions set first_answer_office_minutes = 90 where id = $1', [question.id])
    })

    expect(promise.firstAnswerMedian).toEqual({ clockHours: 16, officeHours: 1.5 })
  })

  it('shows eight weeks that start on Monday in Amsterdam, also the empty ones', async () => {
    const { promise } = await givenMeasured(async (database) => {
      // Sunday 23:30 UTC is Monday in Amsterdam.
      const question = await givenQuestion(database, { askedAt: new Date('2026-11-15T23:30:00Z') })
      await givenAnswer(database, question.id, {
        author: await givenPerson(database),
        postedAt: new Date('2026-11-16T01:30:00Z'),
      })
    })

    expect(promise.weeks).toHaveLength(8)
    expect(promise.weeks.at(-1)).toEqual({ weekStart: '2026-11-16', questions: 1, answers: 1, medianClockHours: 2 })
    expect(promise.weeks[0]).toMatchObject({ weekStart: '2026-09-28', questions: 0, medianClockHours: null })
  })

  const givenRoles = async (database: TestDatabase, counts: Record<string, number>) => {
    for (const [roleKind, count] of Object.entries(counts)) {
      for (let n = 0; n < count; n += 1) await givenPerson(database, { roleKind })
    }
  }

  it('shows the mix of roles among active people', async () => {
    const { promise } = await givenMeasured(async (database) => {
      await givenRoles(database, { practice: 10, policy: 5, coordination: 5, knowledge: 5 })
      await givenPerson(database, { roleKind: 'practice', state: 'paused' })
    })
    expect(promise.byRole).toEqual({ practice: 0.4, policy: 0.2, coordination: 0.2, knowledge: 0.2 })
  })

  it('says nothing about roles when one of them has fewer than five people', async () => {
    const { promise } = await givenMeasured((database) =>
      givenRoles(database, { practice: 6, policy: 5, coordination: 5, knowledge: 4 }),
    )
    expect(promise.byRole).toBeNull()
  })

  it('is measured at most once a minute', async () => {
    const { api, database } = await givenMeasured(async () => undefined)
    await givenAsked(database, 3, [])

    const soon = await api.visitor('GET', '/insights/promise')
    api.clock.now = new Date(now.getTime() + 61_000)
    const later = await api.visitor('GET', '/insights/promise')

    expect([soon.body.questions, later.body.questions]).toEqual([0, 1])
  })
})

describe('the status', () => {
  const queue = (database: TestDatabase, seconds: number) =>
    database.owner.query(
      `insert into mails (template, queued_at) values ('sign_in', now() - make_interval(secs => $1))`,
      [seconds],
    )

  it('says in words how mail and jobs are doing', async () => {
    const database = await givenDatabase()
    const api = await givenApi(database)

    expect(StatusView.parse((await api.visitor('GET', '/status')).body)).toMatchObject({
      questions: 'ok',
      mail: 'ok',
      jobs: 'ok',
    })
    await queue(database, 600)
    await database.owner.query(
      `insert into events (id, type, channel_id, happened_at) values (uuidv7(interval '-1 hour'), 'question.asked', ctx.plaza(), now())`,
    )
    expect((await api.visitor('GET', '/status')).body).toMatchObject({ mail: 'slow', jobs: 'down' })
    await queue(database, 3600)
    await database.owner.query(`insert into cursors (name, xid, id) select 'relay', xid, id from events`)
    expect((await api.visitor('GET', '/status')).body).toMatchObject({ mail: 'down', jobs: 'ok' })
  })

  it('still answers when the database does not', async () => {
    const database = await givenDatabase()
    const api = await givenApi(database)
    await database.owner.query('revoke execute on function ctx.waiting_seconds() from meedenk_api')

    expect((await api.visitor('GET', '/status')).body).toMatchObject({ questions: 'down', mail: 'down', jobs: 'down' })
  })
})
