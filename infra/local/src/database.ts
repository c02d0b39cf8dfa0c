import { migrate, urlOf } from '@meedenk/db/migrate'
import pg from 'pg'
import { startPostgres } from './postgres.ts'
import { loadReferenceData } from './reference-data.ts'
import type { Secrets } from './secrets.ts'

export type DatabaseUrls = { ownerUrl: string; apiUrl: string; workerUrl: string; queueUrl: string }
export type Database = { urls: DatabaseUrls; folder: string | undefined; stop(): Promise<void> }
type Options = { dataDir: string; secrets: Secrets; forTests: boolean }

/** Starts the embedded PostgreSQL, or takes the one DATABASE_URL names (as its owner), and brings it up to date. */
export async function startDatabase({ dataDir, secrets, forTests }: Options): Promise<Database> {
  const external = forTests ? undefined : process.env['DATABASE_URL']
  const server = external ? undefined : await startPostgres({ dataDir, forTests })
  // The named database may still have to be made, so the first connection goes to the one that is always there.
  const serverUrl = external ? urlOf(external, 'postgres') : (server?.ownerUrl ?? '')
  const database = (external && new URL(external).pathname.slice(1)) || 'meedenk'
  const { api, worker, queue } = secrets
  const stop = async () => server?.stop()
  try {
    const urls = await migrate({ ownerUrl: serverUrl, database, passwords: { api, worker, queue } })
    await loadReferenceData(serverUrl, database)
    return { urls: { ...urls, ownerUrl: urlOf(serverUrl, database) }, folder: server?.folder, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A database without people is a new one. */
export async function isEmpty(ownerUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ empty: boolean }>('select not exists (select from people) as empty')
    return rows[0]?.empty ?? false
  } finally {
    await client.end()
  }
}
