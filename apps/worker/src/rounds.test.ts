import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson } from '@meedenk/db/test/factories'
import { defaultEscalation } from '@meedenk/domain/questions/escalation'
import { describe, expect, it } from 'vitest'
import { givenTools } from '../test/worker.ts'
import { allRounds, type Round, runRounds } from './rounds.ts'

const database = await givenDatabase()
const fail = (name: string, error: Error) => expect.fail(`${name}: ${error.message}`)

describe('the rounds', () => {
  it('run each in one worker at a time, and again when their time has come', async () => {
    const { tools, clock } = givenTools(database)
    clock.now = new Date('2026-11-20T12:00:00Z')
    let runs = 0
    const round: Round = { name: 'count', everyMs: 60_000, run: async () => void runs++ }

    const together = await Promise.all([1, 2, 3].map(() => runRounds(tools, [round], fail)))
    clock.now = new Date('2026-11-20T12:00:59Z')
    await runRounds(tools, [round], fail)
    const early = runs
    clock.now = new Date('2026-11-20T12:01:00Z')
    await runRounds(tools, [round], fail)

    expect(together.flat()).toEqual(['count'])
    expect([early, runs]).toEqual([1, 2])
  })

  it('all go through on an empty house, and one that fails does not hold up the others', async () => {
    const { tools } = givenTools(database)
    const failed: string[] = []
    const breaks: Round = { name: 'break', everyMs: 1000, run: () => Promise.reject(new Error('broken')) }

    const ran = await runRounds(tools, [breaks, ...allRounds(defaultEscalation)], (name) => failed.push(name))

    expect(failed).toEqual(['break'])
    expect(ran).toEqual(allRounds(defaultEscalation).map(({ name }) => name))
  })

  it('order mail again that a lost job should have delivered, once', async () => {
    const { tools, ordered, clock } = givenTools(database)
    clock.now = new Date(Date.now() + 120_000)
    const person = await givenPerson(database)
    const { rows } = await database.owner.query(
      `insert into mails (person_id, template, queued_at) values ($1, 'notices', now()) returning id`,
      [person.personId],
    )
    const round = allRounds(defaultEscalation).filter(({ name }) => name === 'deliver-unsent-mail')
    await database.owner.query(`delete from rounds where name = 'deliver-unsent-mail'`)

    await runRounds(tools, round, fail)

    expect(ordered.map(({ data }) => data['mailId'])).toContain(rows[0].id)
  })

  it('throw away what served its time, and nothing that is still needed', async () => {
    const { tools, clock } = givenTools(database)
    const person = await givenPerson(database)
    for (const hours of [1, 25]) {
      const at = new Date(Date.now() - hours * 3_600_000)
      await database.owner.query(
        `insert into idempotency_keys (person_id, key, request_hash, created_at) values ($1, $2, '\\x00', $3)`,
        [person.personId, `key-${hours}-hours`, at],
      )
      await database.owner.query('insert into throttles (key, hits, resets_at) values ($1, 1, $2)', [
        `throttle-${hours}`,
        new Date(Date.now() + (2 - hours) * 3_600_000),
      ])
      await database.owner.query(
        `insert into processed_jobs (event_id, job, processed_at) values (gen_random_uuid(), 'old', $1)`,
        [new Date(Date.now() - hours * 8 * 3_600_000)],
      )
    }
    const ended = await givenPerson(database)
    await database.owner.query(`update sessions set revoked_at = now() - interval '31 days' where id = $1`, [
      ended.sessionId,
    ])
    await database.owner.query(`insert into refresh_tokens (hash, session_id, issued_at) values ('\\x01', $1, now())`, [
      ended.sessionId,
    ])
    clock.now = new Date()
    await database.owner.query(`delete from rounds where name = 'clear-expired'`)

    await runRounds(
      tools,
      allRounds(defaultEscalation).filter(({ name }) => name === 'clear-expired'),
      fail,
    )

    const left = async (text: string) =>
      (await database.owner.query<{ left: string }>(text)).rows.map((row) => row.left)
    expect(await left('select key as left from idempotency_keys')).toEqual(['key-1-hours'])
    expect(await left('select key as left from throttles')).toEqual(['throttle-1'])
    expect(await left(`select count(*)::text as left from processed_jobs where job = 'old'`)).toEqual(['1'])
    expect(
      await left(`select id::text as left from sessions where id in ('${ended.sessionId}', '${person.sessionId}')`),
    ).toEqual([person.sessionId])
    expect(await left('select count(*)::text as left from refresh_tokens')).toEqual(['0'])
  })
})
