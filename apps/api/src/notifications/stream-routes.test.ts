import { setTimeout as sleep } from 'node:timers/promises'
import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson, givenQuestion, type TestPerson } from '@meedenk/db/test/factories'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { afterAll, describe, expect, it } from 'vitest'
import { givenApi } from '../../test/api.ts'
import { accessCookie } from '../plugins/session.ts'

const database = await givenDatabase()
const api = await givenApi(database)
const base = await api.app.listen({ host: '127.0.0.1', port: 0 })

type Frame = { id?: string; event?: string; data?: string }
async function until<Result>(look: () => Result | undefined | false | null, withinMs = 8000): Promise<Result> {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(10)) {
    const found = look()
    if (found) return found
  }
  throw new Error('It did not happen in time')
}

const opened: AbortController[] = []
afterAll(() => {
  for (const control of opened) control.abort()
})

async function listenTo(path: string, person?: TestPerson | null, lastEventId?: string) {
  const control = new AbortController()
  opened.push(control)
  const token =
    person &&
    api.app.jwt.sign({
      sub: person.personId,
      sid: person.sessionId,
      lvl: person.level,
      pat: Math.floor(Date.now() / 1000),
    })
  const headers = {
    accept: 'text/event-stream',
    ...(token ? { cookie: `${accessCookie}=${token}` } : {}),
    ...(lastEventId ? { 'last-event-id': lastEventId } : {}),
  }
  const response = await fetch(`${base}/api/v1/stream${path}`, { headers, signal: control.signal })
  const frames: Frame[] = []
  const state = { hasEnded: false, retries: 0 }
  const read = async () => {
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const frame = Object.fromEntries(
          block.split('\n').map((line) => line.split(/: ?(.*)/s).slice(0, 2)),
        ) as Frame & { retry?: string }
        if (frame.retry) state.retries++
        frames.push(frame)
      }
    }
  }
  const reading = read()
    .catch(() => undefined)
    .finally(() => (state.hasEnded = true))
  if (response.ok) await until(() => state.retries > 0)
  return {
    response,
    frames,
    state,
    reading,
    events: () => frames.filter(({ event }) => event),
    lastId: () => frames.findLast(({ id }) => id)?.id,
    close: () => control.abort(),
  }
}

async function happens(questionId: string, type = 'answer.posted') {
  const { rows } = await database.owner.query(
    `insert into events (type, channel_id, question_id, happened_at) values ($1, $2, $3, now()) returning id`,
    [type, plazaId, questionId],
  )
  await database.owner.query(`select pg_notify('meedenk_signals', 'x')`)
  return String(rows[0].id)
}
const eventIds = (frames: Frame[]) =>
  frames.filter(({ event }) => event === 'question').map(({ id }) => id?.replace(/^\d+-/, ''))

describe('the live stream', () => {
  it('tells a visitor of one public question what happened to it, in ids only, and of nothing else', async () => {
    const [question, other] = [await givenQuestion(database), await givenQuestion(database)]
    const stream = await listenTo(`?question=${question.id}`)

    await happens(other.id)
    await happens(question.id, 'post.reported')
    const id = await happens(question.id)
    await until(() => stream.events().length > 0)

    expect(stream.response.headers.get('content-type')).toContain('text/event-stream')
    expect(stream.events()).toEqual([
      {
        id: expect.stringMatching(new RegExp(`^\\d+-${id}$`)),
        event: 'question',
        data: JSON.stringify({ type: 'question', questionId: question.id, event: 'answer.posted' }),
      },
    ])
    stream.close()
  })

  it('says nothing of a question that was hidden meanwhile', async () => {
    const [hidden, shown] = [await givenQuestion(database), await givenQuestion(database)]
    const [stream, control] = [await listenTo(`?question=${hidden.id}`), await listenTo(`?question=${shown.id}`)]
    await database.owner.query('update questions set hidden_at = now() where id = $1', [hidden.id])

    await happens(hidden.id)
    await happens(shown.id)
    await until(() => control.events().length > 0)

    expect(stream.events()).toEqual([])
    expect((await listenTo(`?question=${hidden.id}`)).response.status).toBe(404)
    stream.close()
    control.close()
  })

  it('tells people of their own inbox only', async () => {
    const [noticed, other] = [await givenPerson(database), await givenPerson(database)]
    const [mine, theirs] = [await listenTo('', noticed), await listenTo('', other)]
    const at = new Date()

    await database.owner.query(
      `insert into notices (person_id, kind, channel_id, subject_id, added_at) values ($1, 'account_security', $2, gen_random_uuid(), $3)`,
      [noticed.personId, plazaId, at],
    )
    await database.owner.query(`insert into events (type, channel_id, happened_at) values ('notices.added', $1, $2)`, [
      plazaId,
      at,
    ])
    await database.owner.query(`select pg_notify('meedenk_signals', 'x')`)
    await until(() => mine.events().length > 0)

    expect(mine.events()[0]?.data).toBe('{"type":"inbox"}')
    expect(theirs.events()).toEqual([])
    mine.close()
    theirs.close()
  })

  it('misses nothing and repeats nothing over a reconnect, also when writers commit in reverse order', async () => {
    const question = await givenQuestion(database)
    const first = await listenTo(`?question=${question.id}`)
    const ids = [await happens(question.id)]
    await until(() => first.events().length === 1)
    const slow = await database.owner.connect()
    await slow.query('begin')
    const { rows } = await slow.query(
      `insert into events (type, channel_id, question_id, happened_at) values ('answer.posted', $1, $2, now()) returning id`,
      [plazaId, question.id],
    )
    ids.push(String(rows[0].id), await happens(question.id))
    first.close()
    const lastId = first.lastId()

    const second = await listenTo(`?question=${question.id}`, null, lastId)
    ids.push(await happens(question.id))
    await slow.query('commit')
    slow.release()
    ids.push(await happens(question.id))
    const expected = new Set(ids)
    await until(() => new Set([...eventIds(first.frames), ...eventIds(second.frames)]).size === expected.size)
    const third = await listenTo(`?question=${question.id}&lastEventId=${lastId}`)

    const heard = [...eventIds(first.frames), ...eventIds(second.frames)]
    expect(new Set(heard)).toEqual(expected)
    expect(heard).toHaveLength(expected.size)
    expect(eventIds(third.frames)).toEqual(eventIds(second.frames))
    second.close()
    third.close()
  })

  it('says reset when the position is unknown or too old', async () => {
    const question = await givenQuestion(database)
    const old = `1-${'0190a000-0000-7000-8000-000000000000'}`

    for (const position of ['nonsense', '99999999999999999999-0190a000-0000-7000-8000-000000000000', old]) {
      const stream = await listenTo(`?question=${question.id}`, null, position)
      expect(stream.events().map(({ event }) => event)).toEqual(['reset'])
      stream.close()
    }
  })

  it('ends within five seconds when its session is revoked, and leaves the others', async () => {
    const [revoked, kept] = [await givenPerson(database), await givenPerson(database)]
    const [stream, other] = [await listenTo('', revoked), await listenTo('', kept)]
    const startedAt = performance.now()

    await database.owner.query(`update sessions set revoked_at = now() where id = $1`, [revoked.sessionId])
    await until(() => stream.state.hasEnded, 5000)

    console.log(`revoked stream ended after ${(performance.now() - startedAt).toFixed(0)} ms`)
    expect(stream.events().map(({ event }) => event)).toEqual(['signed_out'])
    expect(other.state.hasEnded).toBe(false)
    other.close()
  })

  it('is refused without a question or a session, for unknown questions, and when a session ran out', async () => {
    const question = await givenQuestion(database)
    const status = async (path: string, headers: Record<string, string> = {}) => {
      const response = await fetch(`${base}/api/v1/stream${path}`, {
        headers: { accept: 'text/event-stream', ...headers },
      })
      await response.body?.cancel()
      return response.status
    }

    expect(await status('')).toBe(401)
    expect(await status(`?question=${crypto.randomUUID()}`)).toBe(404)
    expect(await status('?question=%00')).toBe(422)
    expect(await status(`?question=${question.id}&more=1`)).toBe(422)
    expect(await status(`?question=${question.id}`, { cookie: '__Host-present=1' })).toBe(401)
  })

  it('does not let one person open streams without end', async () => {
    const person = await givenPerson(database)
    const streams = []
    for (let i = 0; i < 12; i++) streams.push(await listenTo('', person))

    expect((await listenTo('', person)).response.status).toBe(429)
    for (const stream of streams) stream.close()
    await sleep(200)
    const again = await listenTo('', person)
    expect(again.response.status).toBe(200)
    again.close()
  })

  it('reaches many listeners at once', async () => {
    const question = await givenQuestion(database)
    const streams = await Promise.all(Array.from({ length: 90 }, () => listenTo(`?question=${question.id}`)))
    const startedAt = performance.now()

    await happens(question.id)
    await until(() => streams.every((stream) => stream.events().length === 1))

    console.log(`90 listeners heard after ${(performance.now() - startedAt).toFixed(0)} ms`)
    for (const stream of streams) stream.close()
  })

  it('is ended with a moment to come back when the server stops', async () => {
    const server = await givenApi(database)
    const address = await server.app.listen({ host: '127.0.0.1', port: 0 })
    const question = await givenQuestion(database)
    const response = await fetch(`${address}/api/v1/stream?question=${question.id}`, {
      headers: { accept: 'text/event-stream' },
    })
    const text = response.text()
    await sleep(300)

    await server.app.close()

    expect(await text).toMatch(/retry: \d{4}\n\n$/)
  })
})
