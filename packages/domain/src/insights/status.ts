type Pace = 'ok' | 'slow' | 'down'

const minute = 60

/** How work that waits looks from outside: how long the oldest piece of it has been waiting, in seconds; null when nothing waits. */
export function paceOf(waitingSeconds: number | null, limits: { slow: number; down: number }): Pace {
  if (waitingSeconds === null || waitingSeconds < limits.slow) return 'ok'
  return waitingSeconds < limits.down ? 'slow' : 'down'
}

export const mailLimits = { slow: 5 * minute, down: 30 * minute }
export const jobLimits = { slow: minute, down: 10 * minute }
