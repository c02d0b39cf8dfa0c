import { setTimeout as sleep } from 'node:timers/promises'
import { findForgotten, relayEvents } from '@meedenk/actions/outbox'
import type { Db } from '@meedenk/db/connection'
import type { Order } from './define-job.ts'
import { jobsOfEvents, orderFor, ordersFor, reactingJobs } from './reactions.ts'

type Deps = {
  db: Db
  enqueue(orders: Order[]): Promise<void>
  onError(error: Error): void
  onEvents?(count: number): void
}
export type Relay = { stop(): Promise<void> }

const batchMax = 500
const idleMs = 120
/** Right after an event others follow (its notices, for one), so for a moment the relay looks more often. */
const alertMs = 25
const alertFor = 1500

/** Carries events from the outbox to the queues, in commit order, as long as it lives. */
export function startRelay({ db, enqueue, onError, onEvents }: Deps): Relay {
  let isStopping = false
  const stopped = new AbortController()
  const run = async () => {
    let failures = 0
    let alertUntil = 0
    while (!isStopping) {
      const count = await relayOnce(db, enqueue).then(
        (relayed) => {
          failures = 0
          return relayed ?? 0
        },
        (error: Error) => {
          failures++
          onError(error)
          return 0
        },
      )
      if (count > 0) {
        alertUntil = performance.now() + alertFor
        onEvents?.(count)
      }
      if (count === batchMax) continue
      const wait =
        failures > 0 ? Math.min(100 * 2 ** failures, 5000) : performance.now() < alertUntil ? alertMs : idleMs
      await sleep(wait, undefined, { signal: stopped.signal }).catch(() => undefined)
    }
  }
  const running = run()
  return {
    async stop() {
      isStopping = true
      stopped.abort()
      await running
    },
  }
}

/** One batch; returns how many events it carried, or null when another process holds the cursor. */
export const relayOnce = (db: Db, enqueue: Deps['enqueue']): Promise<number | null> =>
  relayEvents(db, 'relay', batchMax, (events) => enqueue(events.flatMap(ordersFor)))

/** Orders again what has no mark after a minute: losing the whole queue store loses nothing. */
export async function sweep(db: Db, now: Date, enqueue: Deps['enqueue']): Promise<number> {
  const forgotten = await findForgotten(db, now, jobsOfEvents, 2000)
  const orders = forgotten.flatMap(({ event, job }) => {
    const known = reactingJobs.get(job)
    // Another id than the first order, because a queue keeps the ids of jobs that failed for good.
    return known
      ? [{ ...orderFor(event, known), id: `${event.eventId}-${job}-again-${Math.floor(now.getTime() / 600_000)}` }]
      : []
  })
  await enqueue(orders)
  return orders.length
}
