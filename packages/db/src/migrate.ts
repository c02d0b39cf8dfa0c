import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'

export type Passwords = { api: string; worker: string; queue: string }
type Options = { ownerUrl: string; database: string; passwords: Passwords }

const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))
const loginRoles = { api: 'meedenk_api', worker: 'meedenk_worker', queue: 'meedenk_queue' } as const

/** Makes roles and database where absent and brings the schema up to date. `ownerUrl` must be allowed to create roles. */
export async function migrate({ ownerUrl, database, passwords }: Options) {
  await withClient(ownerUrl, async (client) => {
    await client.query("select pg_advisory_lock(hashtext('meedenk.migrate'))")
    await makeRoles(client, passwords)
    await makeDatabase(client, database)
    await withClient(urlOf(ownerUrl, database), (inside) => migrateDatabase(inside, database))
  })
  return {
    apiUrl: urlOf(ownerUrl, database, loginRoles.api, passwords.api),
    workerUrl: urlOf(ownerUrl, database, loginRoles.worker, passwords.worker),
    queueUrl: urlOf(ownerUrl, database, loginRoles.queue, passwords.queue),
  }
}

/** The same server, another database and, when given, another login. */
export function urlOf(base: string, database: string, user?: string, password?: string): string {
  const url = new URL(base)
  url.pathname = `/${database}`
  if (user) url.username = user
  if (password) url.password = password
  return url.href
}

async function makeRoles(client: pg.Client, passwords: Passwords) {
  for (const role of ['meedenk_owner', 'meedenk_definer']) await makeRole(client, role, 'nologin')
  for (const [key, role] of Object.entries(loginRoles)) {
    await makeRole(client, role, 'login')
    const password = passwords[key as keyof Passwords] // Object.entries loses the key type.
    await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`)
  }
  await client.query('grant meedenk_definer to meedenk_owner')
}

async function makeRole(client: pg.Client, role: string, login: 'login' | 'nologin') {
  await client.query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${role}') then
      create role ${role} ${login} nosuperuser nobypassrls nocreatedb nocreaterole;
    end if;
  exception when duplicate_object or unique_violation then null; end $$`)
}

async function makeDatabase(client: pg.Client, database: string) {
  const found = await client.query('select 1 from pg_database where datname = $1', [database])
  if (found.rowCount) return
  await client.query('grant meedenk_owner to current_user')
  await client.query(`create database ${client.escapeIdentifier(database)} owner meedenk_owner`)
}

async function migrateDatabase(client: pg.Client, database: string) {
  const name = client.escapeIdentifier(database)
  await client.query(`revoke all on database ${name} from public`)
  await client.query(`grant connect on database ${name} to ${Object.values(loginRoles).join(', ')}`)
  // BullMQ gathers a batch of jobs in a temporary table.
  await client.query(`grant temporary on database ${name} to ${loginRoles.queue}`)
  await client.query('create schema if not exists bullmq authorization meedenk_queue')
  await client.query('set role meedenk_owner')
  await client.query("set lock_timeout = '2s'")
  await runMigrations(drizzle({ client, casing: 'snake_case' }), { migrationsFolder })
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
