import { randomUUID } from 'node:crypto'
import { Agent, get, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Bench } from '../bench.ts'
import { heldBy, median, memoryOf } from '../rounds.ts'
import { cookieOf, writing } from '../session.ts'

type Listener = { heard: Promise<number>; again(): void; close(): void }

/** Opens a stream; `heard` resolves with the moment of the next signal about a question. */
function listen(url: string): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const asked = get(url, { headers: { accept: 'text/event-stream' }, agent: false }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`stream answered ${response.statusCode}`))
      let tell: (at: number) => void = () => undefined
      const listener: Listener = { heard: Promise.resolve(0), again: () => undefined, close: () => asked.destroy() }
      listener.again = () => {
        listener.heard = new Promise((done) => {
          tell = done
        })
      }
      listener.again()
      response.on('data', (chunk: Buffer) => {
        if (chunk.includes('"question"')) tell(performance.now())
      })
      response.on('error', () => undefined)
      resolve(listener)
    })
    asked.on('error', reject)
  })
}

async function openMany(url: string, count: number): Promise<Listener[]> {
  const all: Listener[] = []
  for (let i = 0; i < count; i += 100)
    all.push(...(await Promise.all(Array.from({ length: Math.min(100, count - i) }, () => listen(url)))))
  return all
}

const post = (url: string, headers: Record<string, string>, body: string) =>
  new Promise<number>((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) }, agent: new Agent() },
      (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode ?? 0))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })

async function lastHeard(
  listeners: Listener[],
  trigger: () => Promise<unknown>,
  from: 'trigger' | 'first',
): Promise<number> {
  for (const listener of listeners) listener.again()
  const began = performance.now()
  await trigger()
  const times = await Promise.all(
    listeners.map((listener) => Promise.race([listener.heard, sleep(20_000).then(() => Number.NaN)])),
  )
  if (times.some(Number.isNaN))
    throw new Error(`${times.filter(Number.isNaN).length} of ${times.length} listeners heard nothing within 20 s`)
  return Math.max(...times) - (from === 'trigger' ? began : Math.min(...times))
}

/** sse: the spread between the first and the last listener of one answer, and what a listener costs. */
export async function stream({ origin, ceiling, apiPid, memoryFile, secret, owner, quick, add }: Bench): Promise<void> {
  const count = quick ? 500 : 1000
  const { rows } = await owner.query(
    'select id from questions where number > 1000000 and answer_count > 0 order by asked_at desc limit 1',
  )
  const question: string = rows[0].id
  const before = await heldBy(apiPid, memoryFile)
  const ours = await openMany(`${origin}/api/v1/stream?question=${question}`, count)
  await sleep(500)
  const after = await heldBy(apiPid, memoryFile)
  const grown = before === null || after === null ? 0 : after - before
  // Less than before means that something else let go meanwhile, so nothing is known of a listener.
  const each = grown > 0 ? grown / count : null
  const bare = await openMany(`${ceiling.origin}/sse`, count)
  const spreads: number[] = []
  const ceilings: number[] = []
  const delays: number[] = []
  for (let round = 0; round < 5; round++) {
    ceilings.push(await lastHeard(bare, () => post(`${ceiling.origin}/sse`, {}, ''), 'first'))
    const answer = () =>
      post(
        `${origin}/api/v1/questions/${question}/answers`,
        { ...writing, cookie: cookieOf(secret, 900 + round), 'idempotency-key': randomUUID() },
        JSON.stringify({ body: 'Een antwoord dat iedereen hoort.', perspective: 'policy' }),
      )
    const began = performance.now()
    spreads.push(await lastHeard(ours, answer, 'first'))
    delays.push(performance.now() - began)
  }
  for (const listener of [...ours, ...bare]) listener.close()
  const ratio = median(spreads) / Math.max(1, median(ceilings))
  add({
    name: 'sse',
    value: median(spreads),
    unit: `ms from first to last of ${count}`,
    ceiling: median(ceilings),
    ratio,
    target: '<= 1.5 x bare',
    holds: ratio <= 1.5,
  })
  add({
    name: 'sse-delay',
    value: median(delays),
    unit: 'ms from posting to the last',
    ceiling: null,
    ratio: null,
    target: 'told',
    holds: median(delays) < 2000,
  })
  add({
    name: 'sse-memory',
    value: each,
    unit: 'kB a listener',
    ceiling: null,
    ratio: null,
    target: '<= 20',
    holds: each !== null && each <= 20,
  })
}

/** memory: of the API after everything that ran before. */
export function memory({ apiPid, add }: Bench, idle: number): void {
  const now = memoryOf(apiPid)
  add({
    name: 'memory-idle',
    value: idle,
    unit: 'MB',
    ceiling: null,
    ratio: null,
    target: '<= 180',
    holds: idle <= 180,
  })
  add({
    name: 'memory-loaded',
    value: now,
    unit: 'MB',
    ceiling: null,
    ratio: null,
    target: '<= 350',
    holds: now <= 350,
  })
}
