import type { Db } from '@meedenk/db/connection'
import type { EscalationPlan } from '@meedenk/domain/questions/escalation'
import type { Logger } from 'pino'
import type { Job, Tools } from './define-job.ts'
import type { Mailer } from './mailer.ts'
import { openMeasures } from './measures.ts'
import { deliverMail } from './notifications/deliver-mail.ts'
import { openQueues, type QueueStore, type Report } from './queues.ts'
import { reactingJobs } from './reactions.ts'
import { startRelay } from './relay.ts'
import { allRounds, startRounds } from './rounds.ts'

export type Deps = {
  db: Db
  store: QueueStore
  mailer: Mailer
  clock: () => Date
  secret: string
  origin: string
  escalation: EscalationPlan
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  metricsPort?: number | undefined
  /** How soon a job of a dead worker is taken over. */
  stalledMs?: number
}

/** Every job of this process by its name. */
export const allJobs: ReadonlyMap<string, Job> = new Map([...reactingJobs, [deliverMail.name, deliverMail]])

/** Puts relay, queues and rounds together; `stop` ends them in order and lets running jobs finish. */
export async function startWorker({ log, ...deps }: Deps): Promise<{ stop(): Promise<void> }> {
  let isStopping = false
  const queues = await openQueues(deps.store, deps.stalledMs === undefined ? {} : { stalledMs: deps.stalledMs })
  const measures = await openMeasures({ db: deps.db, queues, port: deps.metricsPort, isStopping: () => isStopping })
  const tools: Tools = {
    db: deps.db,
    clock: deps.clock,
    secret: deps.secret,
    origin: deps.origin,
    mailer: deps.mailer,
    enqueue: queues.enqueue,
  }
  // Messages may quote rows, so only names and codes are logged (law 5).
  const nameOf = (error: Error) => ({ name: error.name, code: (error as NodeJS.ErrnoException).code })
  const report: Report = {
    done: (room, job, seconds) => measures.jobs.observe({ queue: room, job }, seconds),
    failed(room, job, error, isLast) {
      measures.failures.inc({ queue: room, job, last: String(isLast) })
      log[isLast ? 'error' : 'warn']({ job, ...nameOf(error) }, isLast ? 'job failed for good' : 'job failed')
    },
    broken: (error) => log.warn(nameOf(error), 'queue broken'),
  }
  queues.work(tools, allJobs, report)
  const relay = startRelay({
    db: deps.db,
    enqueue: queues.enqueue,
    onError: (error) => log.warn(nameOf(error), 'relay failed'),
    onEvents: (count) => measures.events.inc(count),
  })
  const rounds = startRounds(tools, allRounds(deps.escalation), (round, error) =>
    log.warn({ round, ...nameOf(error) }, 'round failed'),
  )
  return {
    async stop() {
      isStopping = true
      await Promise.all([rounds.stop(), relay.stop()])
      await queues.close()
      measures.close()
    },
  }
}
