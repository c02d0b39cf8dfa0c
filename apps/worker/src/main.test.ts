import { type ChildProcess, fork } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { signInLinkToken } from '@meedenk/actions/people/sign-in-secrets'
import { seal } from '@meedenk/actions/seal'
import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson, givenQuestion, givenTheme } from '@meedenk/db/test/factories'
import { afterAll, describe, expect, it } from 'vitest'
import { openSmtpSink, textOf } from '../test/smtp-sink.ts'
import { givenEvent, testOrigin, testSecret, until } from '../test/worker.ts'

const database = await givenDatabase()
const sink = await openSmtpSink()
const started: ChildProcess[] = []
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  await sink.close()
})

const metricsPort = await new Promise<number>((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const address = probe.address()
    probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
  })
})

async function startProcess(env: Record<string, string> = {}) {
  const child = fork(join(import.meta.dirname, 'main.ts'), {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: database.workerUrl,
      QUEUE_DATABASE_URL: database.queueUrl,
      SMTP_URL: sink.url,
      MEEDENK_SECRET: testSecret,
      PUBLIC_ORIGIN: testOrigin,
      METRICS_PORT: String(metricsPort),
      QUEUE_STALLED_MS: '1000',
      LOG_LEVEL: 'silent',
      ...env,
    },
  })
  started.push(child)
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  await Promise.race([
    new Promise((resolve) => child.once('message', resolve)),
    gone.then((code) => Promise.reject(new Error(`ended with ${code}`))),
  ])
  return { child, gone }
}

async function givenAttempt(email: string): Promise<string> {
  const id = crypto.randomUUID()
  await database.owner.query(
    `insert into sign_in_attempts (id, email, code_hash, link_hash, code_sealed, browser_hash, locale, created_at, expires_at)
     values ($1, $2, '\\x00', $3, $4, '\\x00', 'nl', now(), now() + interval '10 minutes')`,
    [id, email, Buffer.from(id), seal(testSecret, '654321')],
  )
  return id
}

describe('the worker process', () => {
  it('mails a sign-in code soon, tells its health, and stops in order', async () => {
    const { child, gone } = await startProcess()
    const attempt = await givenAttempt('vlot@voorbeeld.test')
    const askedAt = performance.now()

    await givenEvent(database, 'sign_in.requested', { subjectId: attempt })
    const mail = await until(async () => sink.mails.find(({ to }) => to.includes('vlot@voorbeeld.test')))
    const tookMs = performance.now() - askedAt
    const [live, ready, figures] = await Promise.all(
      ['livez', 'readyz', 'metrics'].map((path) => fetch(`http://127.0.0.1:${metricsPort}/${path}`)),
    )
    const text = await figures?.text()
    child.kill('SIGTERM')

    console.log(`sign-in mail after ${tookMs.toFixed(0)} ms`)
    expect(tookMs).toBeLessThan(10_000)
    expect(textOf(mail)).toContain(signInLinkToken(testSecret, attempt))
    expect([live?.status, ready?.status]).toEqual([200, 200])
    expect(text).toContain('meedenk_events_relayed_total 1')
    expect(await gone).toBe(0)
  })

  it('says what is missing in its settings', async () => {
    await expect(startProcess({ SMTP_URL: 'nothing' })).rejects.toThrow('ended with 1')
  })

  it('killed half-way, reaches every expert of every question exactly once', async () => {
    const theme = await givenTheme(database)
    await database.owner.query(
      `with made as (insert into people (handle, name, joined_at) select 'kill-' || gen_random_uuid(), 'Lid', now() from generate_series(1, 400) returning id)
       insert into person_expertises (theme_id, person_id, level, since) select $1, id, 'much', now() from made`,
      [theme.id],
    )
    const asker = await givenPerson(database, { expertises: [theme.id] })
    const questions = await Promise.all(
      Array.from({ length: 40 }, () => givenQuestion(database, { author: asker, themes: [theme] })),
    )
    const ids = questions.map(({ id }) => id)
    const count = async () =>
      Number(
        (await database.owner.query('select count(*) from notices where question_id = any ($1)', [ids])).rows[0].count,
      )
    const first = await startProcess()
    for (const { id } of questions) await givenEvent(database, 'question.asked', { subjectId: id, questionId: id })

    const atKill = await until(async () => {
      const reached = await count()
      return reached >= 2000 && reached
    })
    first.child.kill('SIGKILL')
    await first.gone
    const second = await startProcess()
    await until(async () => (await count()) >= 40 * 400, 40_000)
    await until(
      async () =>
        Number(
          (await database.owner.query(`select count(*) from processed_jobs where job = 'route-to-experts'`)).rows[0]
            .count,
        ) >= 40,
      40_000,
    )
    second.child.kill('SIGTERM')
    await second.gone

    console.log(`killed at ${atKill} of ${40 * 400} notices`)
    expect(atKill).toBeLessThan(40 * 400)
    const { rows } = await database.owner.query(
      `select question_id, count(*)::int as notices, count(distinct person_id)::int as people, max(q.people_asked) as asked
       from notices n join questions q on q.id = n.question_id where question_id = any ($1) group by question_id`,
      [ids],
    )
    expect(rows.length).toBe(40)
    for (const row of rows) expect(row).toMatchObject({ notices: 400, people: 400, asked: 400 })
  })
})
