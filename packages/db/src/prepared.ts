import type pg from 'pg'
import type { Tx } from './connection.ts'

export type PreparedQuery = { name: string; text: string }

/** A prepared statement inside a transaction: under row level security planning costs more than running, so it is done once per connection. */
export async function runPrepared<Row extends pg.QueryResultRow>(
  tx: Tx,
  query: PreparedQuery,
  values: unknown[],
): Promise<Row[]> {
  // drizzle() adds the client it was given; its type does not say so.
  const { $client } = tx as Tx & { $client: pg.PoolClient }
  const result = await $client.query<Row>({ ...query, values })
  return result.rows
}
