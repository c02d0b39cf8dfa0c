import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Db } from './connection.ts'

/**
 * Listens on a channel over a connection of its own and comes back by itself when it breaks.
 * What was said meanwhile is lost: whoever listens looks for itself after every (re)connection, which `onSignal` tells too.
 */
export function listen(db: Db, channel: string, onSignal: () => void): { stop(): Promise<void> } {
  const stopped = new AbortController()
  let client: pg.Client | undefined
  const run = async () => {
    for (let waitMs = 200; !stopped.signal.aborted; waitMs = Math.min(waitMs * 2, 5000)) {
      const opened = await open(db, channel, onSignal)
      if (opened) {
        client = opened.client
        waitMs = 200
        onSignal()
        if (stopped.signal.aborted) break
        await opened.gone
      }
      await sleep(waitMs, undefined, { signal: stopped.signal }).catch(() => undefined)
    }
    await client?.end().catch(() => undefined)
  }
  const running = run()
  return {
    async stop() {
      stopped.abort()
      await client?.end().catch(() => undefined)
      await running
    },
  }
}

async function open(db: Db, channel: string, onSignal: () => void) {
  const { connectionString } = db.pool.options
  const client = new pg.Client({
    connectionTimeoutMillis: 2000,
    keepAlive: true,
    ...(connectionString ? { connectionString } : {}),
  })
  const gone = new Promise<void>((resolve) => {
    client.on('error', () => resolve())
    client.on('end', () => resolve())
  })
  client.on('notification', onSignal)
  try {
    await client.connect()
    await client.query(`listen ${client.escapeIdentifier(channel)}`)
    return { client, gone }
  } catch {
    await client.end().catch(() => undefined)
    return undefined
  }
}
