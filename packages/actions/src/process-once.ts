import type { Tx } from '@meedenk/db/connection'
import { processedJobs } from '@meedenk/db/schema'

/**
 * Does the work of a job for an event once: the mark is written in the transaction of the effect, so a second run changes
 * nothing and a crash leaves neither. True when the work was done now.
 */
export async function processOnce(
  tx: Tx,
  done: { eventId: string; job: string; now: Date },
  work: () => Promise<void>,
): Promise<boolean> {
  const marked = await tx
    .insert(processedJobs)
    .values({ eventId: done.eventId, job: done.job, processedAt: done.now })
    .onConflictDoNothing()
    .returning({ eventId: processedJobs.eventId })
  if (marked.length === 0) return false
  await work()
  return true
}
