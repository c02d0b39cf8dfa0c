import { Signal } from '@meedenk/domain/notifications/schemas'
import type { output } from 'zod'
import { refreshSession } from './refresh-session.ts'

type SignalType = output<typeof Signal>['type']
type Listener = (signal: output<typeof Signal>) => void

const listeners = new Map<SignalType, Set<Listener>>()
const longestWaitMs = 60_000
let source: EventSource | undefined
let wanted: { question?: string } | undefined
let retry: ReturnType<typeof setTimeout> | undefined
let failures = 0

/** Calls back for each signal of this type; returns how to stop. Signals carry ids only: ask for the content itself. */
export function onSignal(type: SignalType, listener: Listener): () => void {
  const group = listeners.get(type) ?? new Set()
  listeners.set(type, group.add(listener))
  return () => group.delete(listener)
}

/** Opens the stream of signals, for one's inbox and, when given, for the question in view. */
export function startLive(subject: { question?: string } = {}): void {
  if (wanted && wanted.question === subject.question && source) return
  wanted = subject
  connect()
}

/** Closes the stream. */
export function stopLive(): void {
  wanted = undefined
  clearTimeout(retry)
  source?.close()
  source = undefined
}

function connect(): void {
  clearTimeout(retry)
  source?.close()
  const query = wanted?.question ? `?question=${wanted.question}` : ''
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
  // Everybody loses the stream at the same moment when a server stops, so nobody comes back at the same moment.
  const wait = Math.min(1000 * 2 ** failures, longestWaitMs) * (0.5 + Math.random() / 2)
  retry = setTimeout(async () => {
    if (failures === 1) await refreshSession(Date.now() - wait)
    if (wanted) connect()
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
