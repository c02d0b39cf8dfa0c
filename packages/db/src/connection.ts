import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import * as schema from './schema.ts'

/** What one transaction works with; the walls of the actor stand around it. */
export type Tx = NodePgDatabase<typeof schema>
export type Db = { pool: pg.Pool; end(): Promise<void> }

type Options = { url: string; connectionsMax?: number; onError?: (error: Error) => void }

/** A pool as an app role. Every wait ends: connecting after 2 s, a statement after 5 s, a forgotten transaction after 10 s. */
export function connect({ url, connectionsMax = 10, onError }: Options): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax,
    connectionTimeoutMillis: 2000,
    idleTimeoutMillis: 30_000,
    // Planning under row level security costs more than running: plans are made once, for any value, and never compiled.
    options:
      '-c plan_cache_mode=force_generic_plan -c jit=off -c statement_timeout=5000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=10000 -c timezone=UTC',
  })
  // A stopping server must not take the process along; the next query reports it.
  pool.on('error', (error) => onError?.(error))
  return { pool, end: () => pool.end() }
}

// Building it reads the whole schema, which costs more than most transactions: once per connection.
const built = new WeakMap<pg.PoolClient, Tx>()

export function withSchema(client: pg.PoolClient): Tx {
  const tx = built.get(client) ?? drizzle({ client, schema, casing: 'snake_case' })
  built.set(client, tx)
  return tx
}
