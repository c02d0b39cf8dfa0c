import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Account, findAccount } from './account.ts'
import { findPort } from './ports.ts'
import { findBinaries } from './postgres-binaries.ts'
import { findPostgresFolder, makeEmptyCopy, type PostgresFolder } from './postgres-folder.ts'
import { guardProcess } from './watchdog.ts'

export type Postgres = { ownerUrl: string; port: number; owned: boolean; folder: string; stop(): Promise<void> }
type Options = { dataDir: string; forTests?: boolean }

/** Left-overs of a killed server go away within seconds, so these refusals are worth another try. */
const passing = /postmaster\.pid" already exists|shared memory block|Address already in use|could not create any TCP/
const fastAndForgetful = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']

function urlFor(port: number, folder: PostgresFolder): string {
  const password = encodeURIComponent(readFileSync(folder.passwordFile, 'utf8').trim())
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
}

/** The lines of postmaster.pid: process, folder, start, port, socket, address, memory, status. */
function readPidFile(folder: PostgresFolder) {
  try {
    const lines = readFileSync(join(folder.data, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' }
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function canConnect(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Finds a server of an earlier start that still runs; waits a while when it is on its way up or down. */
async function findRunning(folder: PostgresFolder): Promise<{ port: number } | undefined> {
  for (const end = Date.now() + 15_000; Date.now() < end; await sleep(100)) {
    const found = readPidFile(folder)
    if (!found || !isAlive(found.pid)) return undefined
    if (found.port && (await canConnect(urlFor(found.port, folder)))) return { port: found.port }
  }
  return undefined
}

/** Made beside its final place and then renamed, so an interrupted first start leaves no half cluster. */
function initialise(binaries: string, folder: PostgresFolder, account: Account) {
  const made = makeEmptyCopy(folder, account)
  const form = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--no-sync', '--username=postgres']
  const access = ['--auth=scram-sha-256', `--pwfile=${folder.passwordFile}`]
  const done = spawnSync(join(binaries, 'initdb'), ['-D', made, ...form, ...access], {
    ...account,
    cwd: '/',
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(`PostgreSQL could not make its folder ${folder.data}:\n${done.stderr}`)
  rmSync(folder.data, { recursive: true, force: true })
  renameSync(made, folder.data)
}

async function waitUntilReady(child: ChildProcess, folder: PostgresFolder): Promise<boolean> {
  for (const end = Date.now() + 120_000; Date.now() < end; await sleep(25)) {
    if (child.exitCode !== null || child.signalCode !== null) return false
    const found = readPidFile(folder)
    if (found?.pid === child.pid && found?.isReady) return true
  }
  child.kill('SIGINT')
  return false
}

function launch(binaries: string, folder: PostgresFolder, account: Account, port: number, settings: string[]) {
  const log = openSync(`${folder.data}.log`, 'w', 0o600)
  const address = ['-h', '127.0.0.1', '-k', '', '-p', String(port)]
  const child = spawn(join(binaries, 'postgres'), ['-D', folder.data, ...address, ...settings], {
    ...account,
    cwd: '/',
    // Ctrl-C reaches a whole process group; the database must outlive the programs that still use it.
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  return child
}

async function startServer(folder: PostgresFolder, account: Account, settings: string[]) {
  const binaries = findBinaries(account)
  if (!existsSync(join(folder.data, 'PG_VERSION'))) initialise(binaries, folder, account)
  for (const end = Date.now() + 30_000; ; await sleep(500)) {
    const port = await findPort(settings === fastAndForgetful ? undefined : 5432)
    const child = launch(binaries, folder, account, port, ['-c', 'max_connections=200', ...settings])
    if (await waitUntilReady(child, folder)) return { child, port }
    const log = readFileSync(`${folder.data}.log`, 'utf8')
    if (!passing.test(log) || Date.now() > end) throw new Error(`PostgreSQL did not start:\n${log.slice(-2000)}`)
  }
}

async function stopServer(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGINT')
  const deadline = setTimeout(() => child.kill('SIGQUIT'), 3000)
  await gone
  clearTimeout(deadline)
}

/** Starts the embedded PostgreSQL of a data directory, or finds the one that already runs there. */
export async function startPostgres({ dataDir, forTests = false }: Options): Promise<Postgres> {
  const account = findAccount()
  const folder = findPostgresFolder(dataDir, account)
  const running = await findRunning(folder)
  if (running) {
    return {
      ownerUrl: urlFor(running.port, folder),
      port: running.port,
      owned: false,
      folder: folder.data,
      stop: async () => undefined,
    }
  }
  const { child, port } = await startServer(folder, account, forTests ? fastAndForgetful : [])
  const leftOvers = forTests ? [folder.data, folder.passwordFile, `${folder.data}.log`, dataDir] : []
  const dismiss = guardProcess(child.pid ?? 0, 'INT', leftOvers)
  return {
    ownerUrl: urlFor(port, folder),
    port,
    owned: true,
    folder: folder.data,
    stop: async () => {
      await stopServer(child)
      dismiss()
      if (forTests) for (const leftOver of leftOvers) rmSync(leftOver, { recursive: true, force: true })
    },
  }
}
