import type { ServerResponse } from 'node:http'
import {
  type Cursor,
  cursorOfText,
  findNoticed,
  momentOfCursor,
  readHorizon,
  readMissed,
  readSignals,
  type Signalled,
  textOfCursor,
} from '@meedenk/actions/notifications/read-signals'
import type { Db } from '@meedenk/db/connection'
import { listen } from '@meedenk/db/listen'
import type { EventType } from '@meedenk/domain/events'

export type Listener = {
  raw: ServerResponse
  personId: string | null
  sessionId: string | null
  questionId: string | null
  /** What it must hear first is still being read; what comes meanwhile waits here. */
  queued: Buffer[] | null
}
type Deps = { db: Db; revokedSessions: ReadonlyMap<string, unknown>; onError(error: Error): void }

const pollMs = 2000
const heartbeatMs = 25_000
const batchMax = 500
const replayMax = 200
const replayHours = 24
const unsentBytesMax = 64_000

/** What everybody may hear about a public question; other events of it are nobody's business. */
const publicTypes: ReadonlySet<EventType> = new Set<EventType>([
  ...(['question.edited', 'question.closed', 'question.reopened', 'question.restored', 'question.escalated'] as const),
  ...([
    'answer.posted',
    'answer.edited',
    'answer.withdrawn',
    'answer.hidden',
    'answer.restored',
    'answer.marked_helpful',
    'yield.shared',
  ] as const),
])
const noticeTypes: ReadonlySet<EventType> = new Set<EventType>([
  'notices.added',
  'question.escalated',
  'question.follow_up_due',
])

const frame = (type: string, data: object, id?: string) =>
  Buffer.from(`${id ? `id: ${id}\n` : ''}event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`)
const heartbeat = Buffer.from(':\n\n')
const resetFrame = frame('reset', {})
const signedOutFrame = frame('signed_out', {})

const questionFrame = (signal: Signalled) =>
  frame('question', { questionId: signal.questionId, event: signal.type }, textOfCursor(signal))

/** Groups listeners by what they listen for, so that one event costs its own listeners only. */
function openGroups() {
  const groups = new Map<string, Set<Listener>>()
  return {
    of: (key: string | null) => (key ? (groups.get(key) ?? []) : []),
    keys: () => [...groups.keys()],
    add(key: string | null, listener: Listener) {
      if (key) groups.set(key, (groups.get(key) ?? new Set()).add(listener))
    },
    remove(key: string | null, listener: Listener) {
      const group = key ? groups.get(key) : undefined
      group?.delete(listener)
      if (key && group?.size === 0) groups.delete(key)
    },
  }
}

function write(listener: Listener, buffer: Buffer) {
  if (listener.queued) return void listener.queued.push(buffer)
  // Whoever does not read is let go; the browser comes back and asks what it missed.
  if (listener.raw.writableLength > unsentBytesMax) return void listener.raw.destroy()
  listener.raw.write(buffer)
}

export type Live = ReturnType<typeof openLive>

/** The live stream of one process: one LISTEN, one query a batch, one buffer an event. Starts with its first listener. */
export function openLive({ db, revokedSessions, onError }: Deps) {
  const all = new Set<Listener>()
  const people = openGroups()
  const questions = openGroups()
  let cursor: Cursor | undefined
  let starting: Promise<void> | undefined
  let stops: (() => unknown)[] = []
  let isReading = false
  let isWoken = false

  async function tell() {
    if (!cursor) return
    const { signals, next } = await readSignals(db, cursor, batchMax)
    // Moved before anything is written: a listener that joins from here on starts after this batch.
    cursor = next
    for (const signal of signals) {
      if (!signal.isVisible || !publicTypes.has(signal.type)) continue
      const buffer = questionFrame(signal)
      for (const listener of questions.of(signal.questionId)) write(listener, buffer)
    }
    await tellNoticed(signals.filter(({ type }) => noticeTypes.has(type)))
    if (signals.length === batchMax) isWoken = true
  }

  async function tellNoticed(signals: Signalled[]) {
    const last = signals.at(-1)
    const connected = people.keys()
    if (!last || connected.length === 0) return
    const from = new Date(Math.min(...signals.map(({ happenedAt }) => happenedAt.getTime())))
    const buffer = frame('inbox', {}, textOfCursor(last))
    for (const personId of await findNoticed(db, connected, from))
      for (const listener of people.of(personId)) write(listener, buffer)
  }

  /** Reads on, one reader at a time; a signal during the reading makes it look once more. */
  function wake() {
    isWoken = true
    if (isReading) return
    isReading = true
    const read = async () => {
      while (isWoken) {
        isWoken = false
        await tell()
      }
    }
    read()
      .catch(onError)
      .finally(() => {
        isReading = false
      })
  }

  async function start() {
    cursor = await readHorizon(db)
    const listening = listen(db, 'meedenk_signals', wake)
    const timers = [setInterval(wake, pollMs), setInterval(endRevoked, 1000), setInterval(beat, heartbeatMs)]
    for (const timer of timers) timer.unref()
    stops = [() => timers.forEach(clearInterval), () => listening.stop()]
  }

  function beat() {
    for (const listener of all) write(listener, heartbeat)
  }

  function endRevoked() {
    for (const listener of all) {
      if (!listener.sessionId || !revokedSessions.has(listener.sessionId)) continue
      remove(listener)
      listener.raw.end(signedOutFrame)
    }
  }

  function remove(listener: Listener) {
    all.delete(listener)
    people.remove(listener.personId, listener)
    questions.remove(listener.questionId, listener)
  }

  return {
    /** Joins a listener without a gap: first what it missed since its last signal, then what comes. */
    async add(given: Omit<Listener, 'queued'>, lastEventId: string | null) {
      starting ??= start().catch((error: Error) => {
        starting = undefined
        throw error
      })
      await starting
      const listener: Listener = { ...given, queued: [] }
      const upTo = cursor
      all.add(listener)
      people.add(listener.personId, listener)
      questions.add(listener.questionId, listener)
      given.raw.once('close', () => remove(listener))
      if (given.raw.destroyed) return remove(listener)
      const first =
        lastEventId && upTo ? await readFirst(db, listener, lastEventId, upTo).catch(() => [resetFrame]) : []
      const queued = listener.queued ?? []
      listener.queued = null
      // A position without an event, so that a stream that heard nothing yet can come back to where it stood.
      const position = Buffer.from(`retry: 2000\n${upTo ? `id: ${textOfCursor(upTo)}\n` : ''}\n`)
      for (const buffer of [...first, position, ...queued]) write(listener, buffer)
    },
    count: (personId: string | null) => (personId ? [...people.of(personId)].length : all.size),
    /** Ends every stream with a wait of its own, so that not everybody comes back at once. */
    async close() {
      const listeners = [...all]
      for (const listener of listeners) {
        remove(listener)
        listener.raw.end(`retry: ${1000 + Math.floor(Math.random() * 4000)}\n\n`)
      }
      await Promise.all(stops.map((stop) => stop()))
    },
  }
}

/** What a returning listener missed; when that is too much, too old or unknown, it must look anew. */
async function readFirst(db: Db, listener: Listener, lastEventId: string, upTo: Cursor): Promise<Buffer[]> {
  const after = cursorOfText(lastEventId)
  if (!after || isTooOld(after)) return [resetFrame]
  const missed = listener.questionId ? await readMissed(db, listener.questionId, after, upTo, replayMax) : []
  if (missed.length === replayMax) return [resetFrame]
  const frames = missed.filter(({ type }) => publicTypes.has(type)).map(questionFrame)
  return listener.personId ? [...frames, frame('inbox', {}, textOfCursor(upTo))] : frames
}

/** A position from between events has no moment of its own and is trusted: reading on from it is bounded anyhow. */
function isTooOld(cursor: Cursor): boolean {
  const moment = momentOfCursor(cursor)
  return moment > 0 && Date.now() - moment > replayHours * 3_600_000
}
