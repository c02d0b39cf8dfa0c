import { Signal } from '@meedenk/domain/notifications/schemas'
import type { output } from 'zod'
import { refreshSession } from './refresh-session.ts'

type SignalType = output<typeof Signal>['type']
type Listener = (signal: output<typeof Signal>) => void

const listeners = new Map<SignalType, Set<Listener>>()
const longestWaitMs = 60_000
const visitorTries = 5
let signedIn = false
let question: string | undefined
let source: EventSource | undefined
let retry: ReturnType<typeof setTimeout> | undefined
let failures = 0

/** Calls back for each signal of this type; returns how to stop. Signals carry ids only: ask for the content itself. */
export function onSignal(type: SignalType, listener: Listener): () => void {
  const group = listeners.get(type) ?? new Set()
  listeners.set(type, group.add(listener))
  return () => group.delete(listener)
}

/** Hears what is for this person, as long as somebody is signed in. */
export function hearInbox(isSignedIn: boolean): void {
  if (isSignedIn === signedIn) return
  signedIn = isSignedIn
  apply()
}

/** Also hears what happens to the question in view, for visitors too. */
export function startLive(subject: { question?: string } = {}): void {
  if (subject.question === question) return
  question = subject.question
  apply()
}

/** Stops following a question; the inbox of a member is heard on. */
export function stopLive(): void {
  startLive()
}

function apply(): void {
  failures = 0
  clearTimeout(retry)
  source?.close()
  source = undefined
  if (signedIn || question) connect()
}

function connect(): void {
  const query = question ? `?question=${question}` : ''
  source = new EventSource(`/api/v1/stream${query}`)
  source.onopen = () => {
    // What happened while the stream was away is not told again, so whoever listens looks anew.
    if (failures > 0) tell({ type: 'reset' })
    failures = 0
  }
  source.onmessage = hear
  for (const type of Signal.shape.type.options) source.addEventListener(type, hear)
  source.onerror = () => {
    if (source?.readyState === EventSource.CLOSED) connectLater()
  }
}

function connectLater(): void {
  failures += 1
  if (!signedIn && failures > visitorTries) return
  // Everybody loses the stream at the same moment when a server stops, so nobody comes back at the same moment.
  const wait = Math.min(1000 * 2 ** failures, longestWaitMs) * (0.5 + Math.random() / 2)
  const lostAt = Date.now()
  retry = setTimeout(async () => {
    // An access token lasts minutes and a stream longer, so the first thing to try is a fresh one.
    if (signedIn && failures === 1) await refreshSession(lostAt).catch(() => false)
    if (signedIn || question) connect()
  }, wait)
}

function hear(event: MessageEvent<string>): void {
  try {
    const signal = Signal.safeParse(JSON.parse(event.data))
    if (signal.success) tell(signal.data)
  } catch {
    // Something that is no signal is not for us.
  }
}

function tell(signal: output<typeof Signal>): void {
  for (const listener of listeners.get(signal.type) ?? []) listener(signal)
}
