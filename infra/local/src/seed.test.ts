import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findForgotten } from '@meedenk/actions/outbox'
import { connect } from '@meedenk/db/connection'
import { migrate, urlOf } from '@meedenk/db/migrate'
import { jobsOfEvents } from '@meedenk/worker/reactions'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { startPostgres } from './postgres.ts'
import { loadReferenceData } from './reference-data.ts'
import { seedDemo } from './seed.ts'
import { timesOf } from './seed-timetable.ts'

async function givenEmptyDatabase() {
  const dataDir = mkdtempSync(join(tmpdir(), 'meedenk-seed-'))
  // mkdtemp closes the folder, and PostgreSQL may run under another account.
  chmodSync(dataDir, 0o711)
  const server = await startPostgres({ dataDir, forTests: true })
  const passwords = { api: 'a', worker: 'b', queue: 'c' }
  const urls = await migrate({ ownerUrl: server.ownerUrl, database: 'demo', passwords })
  const ownerUrl = urlOf(server.ownerUrl, 'demo')
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 })
  owner.on('error', () => undefined)
  afterAll(async () => {
    await owner.end()
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const count = async (what: string) => Number((await owner.query(`select count(*) from ${what}`)).rows[0].count)
  return { urls: { ...urls, ownerUrl }, server: server.ownerUrl, owner, count }
}

describe('the demo', async () => {
  const { urls, server, owner, count } = await givenEmptyDatabase()
  const now = new Date()
  const { signIn } = await seedDemo({ ...urls, webOrigin: 'http://localhost:3000', secret: 'only for tests', now })

  it('has thirty people who do not exist, each with an address of nobody', async () => {
    expect(await count('people')).toBe(30)
    expect(
      await count(
        `people where organisation like '%(verzonnen)' and about like '%verzonnen%' and onboarded_at is not null`,
      ),
    ).toBe(30)
    expect(await count(`accounts where email::text like '%@voorbeeld.test'`)).toBe(30)
    expect(await count(`people where platform_role = 'moderator'`)).toBe(1)
    expect(await count(`people where platform_role = 'admin'`)).toBe(1)
    expect(await count('themes where guardian_id is not null')).toBeGreaterThan(15)
  })

  it('tells how to sign in as people who are there', async () => {
    const known = signIn.filter(({ name }) => name !== 'Yourself').map(({ email }) => email)
    const { rows } = await owner.query('select email from accounts where email::text = any ($1)', [known])

    expect(known.length).toBeGreaterThanOrEqual(5)
    expect(rows).toHaveLength(known.length)
  })

  it('has questions in every state, asked anonymously too, over six weeks until now', async () => {
    const { rows } = await owner.query('select state, count(*)::int as n from questions group by 1')
    const states = Object.fromEntries(rows.map(({ state, n }) => [state, n]))

    expect(states).toMatchObject({ waiting: 4, helped: expect.any(Number), learned: expect.any(Number) })
    expect(await count('questions')).toBe(69)
    expect(await count(`questions where asked_at < now() - interval '35 days'`)).toBeGreaterThan(5)
    expect(await count('questions q join sealed_authors s on s.subject_id = q.id where q.author_id is null')).toBe(5)
    expect(await count('questions where author_id is null')).toBe(5)
    expect(await count('answers where referral_url is not null')).toBeGreaterThan(3)
    expect(await count('answers where parent_id is not null')).toBeGreaterThan(8)
  })

  it('keeps the promise about as well as a good plaza would', async () => {
    const { rows } = await owner.query(
      `select count(*)::int as questions, avg((answers_first_day >= 4)::int)::float as four,
         percentile_cont(0.5) within group (order by extract(epoch from first_answer_at - asked_at) / 3600)::float as median,
         count(*) filter (where first_answer_at is not null and first_answer_office_minutes is null)::int as unmeasured
       from questions where asked_at > now() - interval '30 days'`,
    )

    expect(rows[0].questions).toBeGreaterThan(40)
    expect(rows[0].median).toBeGreaterThan(1.5)
    expect(rows[0].median).toBeLessThan(5)
    expect(rows[0].four).toBeGreaterThan(0.3)
    expect(rows[0].unmeasured).toBe(0)
  })

  it('routed every question, and sends no mail about the past', async () => {
    expect(await count('questions where people_asked = 0')).toBe(0)
    expect(await count('mails')).toBe(0)
    expect(await count('notices where mail_due_at <= now()')).toBe(0)
    expect(await count(`notices where state = 'new' and added_at < now() - interval '25 hours'`)).toBe(0)
    expect(await count(`notices where kind = 'question_routed' and state = 'new'`)).toBeGreaterThan(5)
  })

  it('leaves the worker nothing to make up for', async () => {
    const worker = connect({ url: urls.workerUrl })
    const forgotten = await findForgotten(worker, new Date(now.getTime() + 120_000), jobsOfEvents, 100)
    await worker.end()
    const { rows } = await owner.query(
      `select count(*)::int as n from events e, cursors c where c.name = 'relay' and (e.xid, e.id) > (c.xid, c.id)`,
    )

    expect(forgotten).toEqual([])
    expect(rows[0].n).toBe(0)
  })

  it('stands on reference data that may be loaded again', async () => {
    await loadReferenceData(server, 'demo')

    expect([await count('themes'), await count('regions')]).toEqual([30, 342])
    expect(await count('themes where guardian_id is not null')).toBeGreaterThan(15)
  })

  it('never starts in production', async () => {
    const before = process.env['NODE_ENV']
    process.env['NODE_ENV'] = 'production'
    await expect(seedDemo({ ...urls, webOrigin: '', secret: '' })).rejects.toThrow('production')
    process.env['NODE_ENV'] = before
  })
})

describe('the timetable', () => {
  it.each(['2026-11-21T19:30:00Z', '2026-11-23T05:10:00Z', '2026-03-29T12:00:00Z', '2026-07-01T23:59:00Z'])(
    'asks and answers by day, before %s',
    (text) => {
      const now = new Date(text)
      const hourOf = (moment: Date) =>
        Number(
          new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Amsterdam', hour: 'numeric', hourCycle: 'h23' }).format(
            moment,
          ),
        )
      const times = Array.from({ length: 65 }, (_, place) => timesOf(place, 65, now))

      for (const { askedAt, answerAt } of times) {
        expect(askedAt < now).toBe(true)
        expect(now.getTime() - askedAt.getTime()).toBeLessThan(46 * 86_400_000)
        for (const moment of [askedAt, answerAt(0), answerAt(3)]) expect(hourOf(moment)).toBeGreaterThanOrEqual(6)
        expect(answerAt(0) > askedAt && answerAt(1) > answerAt(0)).toBe(true)
      }
    },
  )
})
