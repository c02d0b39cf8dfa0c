import { connect } from '@meedenk/db/connection'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { openLog } from './plugins/logging.ts'

const config = readConfig(process.env)
const log = openLog(config.LOG_LEVEL)
const db = connect({
  url: config.DATABASE_URL,
  connectionsMax: config.DATABASE_CONNECTIONS,
  onError: (error) => log.warn({ name: error.name }, 'database connection lost'),
})

const app = await buildApp({
  db,
  secret: config.MEEDENK_SECRET,
  origin: config.PUBLIC_ORIGIN,
  clock: () => new Date(),
  production: config.NODE_ENV === 'production',
  webDir: config.WEB_DIR,
  metricsPort: config.METRICS_PORT || undefined,
  rateLimitPerMinute: config.RATE_LIMIT_PER_MINUTE,
  trustProxy: config.TRUST_PROXY,
  log,
})

const address = await app.listen({ host: config.HOST, port: config.PORT })
process.send?.({ ready: true, port: Number(new URL(address).port) })

let stopping = false
async function stop() {
  if (stopping) return
  stopping = true
  // Open streams would hold the close; twenty seconds is what a deploy waits.
  setTimeout(() => process.exit(1), 20_000).unref()
  await app.close()
  await db.end()
  process.exit(0)
}
for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, stop)
