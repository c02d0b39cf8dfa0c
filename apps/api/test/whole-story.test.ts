import { setTimeout as sleep } from 'node:timers/promises'
import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson, givenTheme, type TestPerson } from '@meedenk/db/test/factories'
import { defaultEscalation } from '@meedenk/domain/questions/escalation'
import { afterAll, describe, expect, it } from 'vitest'
import { startWorker } from '../../worker/src/start-worker.ts'
import { accessCookie } from '../src/plugins/session.ts'
import { givenApi, testOrigin, testSecret } from './api.ts'

const database = await givenDatabase()
const api = await givenApi(database)
const base = await api.app.listen({ host: '127.0.0.1', port: 0 })
const mails: { to: string; subject: string; text: string }[] = []
const worker = await startWorker({
  db: database.worker,
  store: { postgresUrl: database.queueUrl },
  mailer: { send: async (mail) => void mails.push(mail), close: () => undefined },
  clock: () => new Date(),
  secret: testSecret,
  origin: testOrigin,
  escalation: defaultEscalation,
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
})
afterAll(() => worker.stop())

async function listenTo(person: TestPerson) {
  const token = api.app.jwt.sign({
    sub: person.personId,
    sid: person.sessionId,
    lvl: 1,
    pat: Math.floor(Date.now() / 1000),
  })
  const control = new AbortController()
  const response = await fetch(`${base}/api/v1/stream`, {
    headers: { cookie: `${accessCookie}=${token}` },
    signal: control.signal,
  })
  const heard: { text: string; at: number }[] = []
  const read = async () => {
    for await (const chunk of response.body ?? [])
      heard.push({ text: Buffer.from(chunk).toString(), at: performance.now() })
  }
  read().catch(() => undefined)
  while (heard.length === 0) await sleep(5)
  return { heard, close: () => control.abort() }
}
async function until<Result>(look: () => Result | undefined | false | null): Promise<Result> {
  for (const end = Date.now() + 15_000; Date.now() < end; await sleep(5)) {
    const found = look()
    if (found) return found
  }
  throw new Error('It did not happen in time')
}

describe('a question, from asker to expert and back', () => {
  it('reaches inbox, stream and mail by itself, and so does its answer', async () => {
    const theme = await givenTheme(database)
    const [asker, expert] = [await givenPerson(database), await givenPerson(database, { expertises: [theme.id] })]
    await api.as(expert, 'PUT', '/me/notification-settings', { paces: { questions: 'at_once' } })
    const stream = await listenTo(expert)
    const signalMs: number[] = []
    const ask = async (round: number) => {
      const before = stream.heard.length
      const asked = await api.as(asker, 'POST', '/questions', {
        title: `Hoe blijf ik in gesprek met dit gezin, keer ${round}?`,
        themeIds: [theme.id],
        anonymous: true,
      })
      const committedAt = performance.now()
      const signal = await until(() => stream.heard.slice(before).find(({ text }) => text.includes('event: inbox')))
      signalMs.push(signal.at - committedAt)
      expect(asked.status).toBe(201)
      return asked.body as { id: string; number: number; slug: string }
    }
    const question = await ask(0)
    for (let round = 1; round < 8; round++) {
      await sleep(300)
      await ask(round)
    }

    const inbox = await api.as(expert, 'GET', '/inbox?group=think_along')
    const mail = await until(() =>
      mails.find(({ to, text }) => to === expert.email && text.includes(`/vragen/${question.number}-`)),
    )
    const answered = await api.as(expert, 'POST', `/questions/${question.id}/answers`, {
      body: 'Begin met luisteren, dat scheelt later veel.',
      perspective: 'practice',
    })
    const told = await until(() => mails.find(({ to }) => to === asker.email))
    stream.close()

    signalMs.sort((a, b) => a - b)
    console.log(`signal after asking, ms: ${signalMs.map((ms) => ms.toFixed(0)).join(' ')}`)
    expect(inbox.body.items).toHaveLength(8)
    expect(mail.subject).toContain('Waar jij iets van weet')
    expect(answered.status).toBe(201)
    expect(told.text).toContain('Begin met luisteren')
    const view = await api.visitor('GET', `/questions/${question.id}`)
    expect(view.body.peopleAsked).toBe(1)
  })
})
