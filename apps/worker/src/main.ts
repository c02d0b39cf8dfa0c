import { connect } from '@meedenk/db/connection'
import { withHours } from '@meedenk/domain/questions/escalation'
import { pino } from 'pino'
import { readConfig } from './config.ts'
import { connectMailer } from './mailer.ts'
import { startWorker } from './start-worker.ts'

const config = readConfig(process.env)
const log = pino({ level: config.LOG_LEVEL, name: 'worker' })
const onError = (error: Error) => log.warn({ name: error.name }, 'database connection lost')
const db = connect({ url: config.DATABASE_URL, connectionsMax: config.DATABASE_CONNECTIONS, onError })
const mailer = connectMailer({ url: config.SMTP_URL, from: config.MAIL_FROM })

const worker = await startWorker({
  db,
  store: config.REDIS_URL ? { redisUrl: config.REDIS_URL } : { postgresUrl: config.QUEUE_DATABASE_URL ?? '' },
  mailer,
  clock: () => new Date(),
  secret: config.MEEDENK_SECRET,
  origin: config.PUBLIC_ORIGIN,
  escalation: withHours(config.ESCALATION_HOURS),
  log,
  stalledMs: config.QUEUE_STALLED_MS,
  metricsPort: config.METRICS_PORT || undefined,
})
log.info('worker is ready')
process.send?.({ ready: true })

let stopping = false
async function stop() {
  if (stopping) return
  stopping = true
  // Twenty seconds is what a deploy waits for running jobs.
  setTimeout(() => process.exit(1), 20_000).unref()
  await worker.stop()
  mailer.close()
  await db.end()
  process.exit(0)
}
for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, stop)
