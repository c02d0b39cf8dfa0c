import { shallowRef } from 'vue'
import { announce } from './announce.ts'

export interface Toast {
  id: number
  text: string
  undo?: () => void | Promise<void>
}
export interface ToastInput {
  text: string
  /** What "Ongedaan maken" does; without it the toast only tells. */
  undo?: () => void | Promise<void>
  seconds?: number
}

const atMost = 2
export const toasts = shallowRef<Toast[]>([])
const clocks = new Map<number, { left: number; startedAt: number; timer: ReturnType<typeof setTimeout> }>()
let count = 0

/** Shows a short message that goes by itself, for ten seconds; the oldest goes when there are three. */
export function toast({ text, undo, seconds = 10 }: ToastInput): void {
  const id = ++count
  toasts.value = [...toasts.value, { id, text, ...(undo ? { undo } : {}) }].slice(-atMost)
  announce(text)
  run(id, seconds * 1000)
}

/** Takes a toast away. */
export function dismiss(id: number): void {
  clearTimeout(clocks.get(id)?.timer)
  clocks.delete(id)
  toasts.value = toasts.value.filter((one) => one.id !== id)
}

/** Stops the clock while somebody reads or is about to press. */
export function pauseToasts(): void {
  for (const clock of clocks.values()) {
    clearTimeout(clock.timer)
    clock.left -= Date.now() - clock.startedAt
  }
}

/** Lets the clocks run on from where they stood. */
export function resumeToasts(): void {
  for (const [id, clock] of clocks) run(id, Math.max(clock.left, 1500))
}

function run(id: number, left: number): void {
  clearTimeout(clocks.get(id)?.timer)
  clocks.set(id, { left, startedAt: Date.now(), timer: setTimeout(() => dismiss(id), left) })
}
