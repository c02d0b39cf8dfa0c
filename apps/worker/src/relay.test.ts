import { type OutboxEvent, relayEvents } from '@meedenk/actions/outbox'
import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson, givenQuestion, givenTheme } from '@meedenk/db/test/factories'
import { plazaId } from '@meedenk/domain/channels/schemas'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { givenEvent, givenTools, noticesOf, testOrigin, testSecret, until } from '../test/worker.ts'
import { relayOnce, sweep } from './relay.ts'
import { startWorker } from './start-worker.ts'

const database = await givenDatabase()

async function readAll(name: string): Promise<OutboxEvent[]> {
  const seen: OutboxEvent[] = []
  const relay = () => relayEvents(database.worker, name, 500, async (events) => void seen.push(...events))
  await until(async () => (await relay()) === 0)
  return seen
}

async function givenWriter() {
  const writer = new pg.Client({ connectionString: database.workerUrl })
  await writer.connect()
  const write = async (type: string) => {
    await writer.query('begin')
    const { rows } = await writer.query(
      'insert into events (type, channel_id, happened_at) values ($1, $2, now()) returning id',
      [type, plazaId],
    )
    return String(rows[0].id)
  }
  return { write, commit: () => writer.query('commit').then(() => writer.end()) }
}

describe('the relay', () => {
  it('misses nothing when transactions commit in another order than they began', async () => {
    const [early, late] = [await givenWriter(), await givenWriter()]
    const first = await early.write('person.joined')
    const second = await late.write('person.joined')
    await late.commit()
    const before: string[] = []
    await relayEvents(
      database.worker,
      'order',
      500,
      async (events) => void before.push(...events.map((event) => event.eventId)),
    )
    await early.commit()

    const after = (await readAll('order')).map((event) => event.eventId)

    expect(before).not.toContain(second)
    expect([...before, ...after].filter((id) => id === first || id === second).sort()).toEqual([first, second].sort())
  })

  it('delivers again what it could not hand over', async () => {
    const event = await givenEvent(database, 'person.joined')
    await readAll('crash').catch(() => undefined)
    const next = await givenEvent(database, 'person.joined')
    const fails = () =>
      relayEvents(database.worker, 'crash', 500, () => Promise.reject(new Error('crash between queue and cursor')))

    await until(async () =>
      fails().then(
        () => false,
        () => true,
      ),
    )
    const again = await readAll('crash')

    expect(again.map(({ eventId }) => eventId)).toContain(next.eventId)
    expect(again.map(({ eventId }) => eventId)).not.toContain(event.eventId)
  })

  it('lets one process at a time hold the cursor', async () => {
    await readAll('alone')
    await givenEvent(database, 'person.joined')
    let other: number | null = -1
    await until(async () => {
      await relayEvents(database.worker, 'alone', 500, async () => {
        other = await relayEvents(database.worker, 'alone', 500, async () => undefined)
      })
      return other !== -1
    })

    expect(other).toBeNull()
  })

  it('signals once for a batch, with a cursor and no content', async () => {
    const listener = new pg.Client({ connectionString: database.workerUrl })
    await listener.connect()
    const heard: string[] = []
    listener.on('notification', ({ payload }) => void heard.push(payload ?? ''))
    await listener.query('listen meedenk_signals')
    await readAll('signals')
    heard.length = 0
    for (let i = 0; i < 3; i++) await givenEvent(database, 'person.joined')

    await readAll('signals')
    await until(async () => heard.length > 0)
    await listener.end()

    expect(heard.length).toBeLessThanOrEqual(3)
    for (const payload of heard) expect(payload).toMatch(/^\d+-[0-9a-f-]{36}$/)
  })
})

describe('losing every queue', () => {
  it('loses nothing: what has no mark is ordered again', async () => {
    const { tools } = givenTools(database)
    const theme = await givenTheme(database)
    const expert = await givenPerson(database, { expertises: [theme.id] })
    const asker = await givenPerson(database)
    const question = await givenQuestion(database, { author: asker, themes: [theme] })
    await givenEvent(database, 'question.asked', {
      subjectId: question.id,
      questionId: question.id,
      at: new Date(Date.now() - 120_000),
    })
    // Relayed, and then the queue store was lost with everything in it.
    await until(async () => (await relayOnce(database.worker, async () => undefined)) === 0)
    expect(await noticesOf(database, expert)).toEqual([])

    await sweep(database.worker, new Date(), async (orders) => {
      for (const { job, data } of orders) await job.handle(tools, data)
    })
    const left = await sweep(database.worker, new Date(), async () => undefined)

    expect((await noticesOf(database, expert)).map(({ kind }) => kind)).toEqual(['question_routed'])
    expect(left).toBe(0)
  })

  it('is survived by a worker whose queue schema is emptied while it runs', async () => {
    const worker = await startWorker({
      db: database.worker,
      store: { postgresUrl: database.queueUrl },
      mailer: { send: async () => undefined, close: () => undefined },
      clock: () => new Date(),
      secret: testSecret,
      origin: testOrigin,
      escalation: (await import('@meedenk/domain/questions/escalation')).defaultEscalation,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    })
    const theme = await givenTheme(database)
    const experts = await Promise.all([1, 2, 3].map(() => givenPerson(database, { expertises: [theme.id] })))
    const question = await givenQuestion(database, { themes: [theme] })
    // Long ago for the sweeper, which gives the ordinary way a minute.
    const { rows } = await database.owner.query(
      `select string_agg(format('bullmq.%I', tablename), ', ') as tables from pg_tables where schemaname = 'bullmq' and tablename <> 'migration'`,
    )
    await givenEvent(database, 'question.asked', {
      subjectId: question.id,
      questionId: question.id,
      at: new Date(Date.now() - 120_000),
    })
    await database.owner.query(`truncate ${rows[0].tables} cascade`)
    await database.owner.query(`update rounds set last_run_at = last_run_at - interval '1 hour'`)

    const counts = await until(async () => {
      const all = await Promise.all(experts.map((expert) => noticesOf(database, expert)))
      return all.every((notices) => notices.length > 0) && all.map((notices) => notices.length)
    })
    await worker.stop()

    expect(counts).toEqual([1, 1, 1])
  })
})
