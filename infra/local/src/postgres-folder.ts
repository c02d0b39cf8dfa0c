import { createHash, randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Account, canReach } from './account.ts'
import { makeDataDir } from './places.ts'

/** Where one cluster lives, and the file with the password of its owner. */
export type PostgresFolder = { data: string; passwordFile: string }

function prepare(data: string, account: Account, mode: number): boolean {
  mkdirSync(dirname(data), { recursive: true, mode })
  const isNew = !existsSync(data)
  mkdirSync(data, { recursive: true, mode: 0o700 })
  if (account.uid !== undefined) chownSync(data, account.uid, account.gid ?? account.uid)
  if (canReach(account, data, '-w')) return true
  if (isNew) rmdirSync(data)
  return false
}

/** A data directory that was thrown away must not find its old database again, so it carries a name of its own. */
function nameOf(dataDir: string): string {
  const file = join(dataDir, 'id')
  if (!existsSync(file)) writeFileSync(file, randomBytes(8).toString('hex'))
  return createHash('sha256').update(dataDir).update(readFileSync(file)).digest('hex').slice(0, 16)
}

/** Chooses the cluster's folder: in the data directory, or outside when its account cannot get in there. */
export function findPostgresFolder(dataDir: string, account: Account): PostgresFolder {
  makeDataDir(dataDir)
  let data = join(dataDir, 'pg')
  if (!prepare(data, account, 0o711)) {
    data = `/var/lib/meedenk/pg-${nameOf(dataDir)}`
    if (!prepare(data, account, 0o755)) throw new Error(`PostgreSQL cannot write in ${data}.`)
  }
  const passwordFile = `${data}.password`
  if (!existsSync(passwordFile)) {
    writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
    if (account.uid !== undefined) chownSync(passwordFile, account.uid, account.gid ?? account.uid)
  }
  return { data, passwordFile }
}

/** Makes an empty folder beside the cluster's own, for the account. */
export function makeEmptyCopy({ data }: PostgresFolder, account: Account): string {
  const copy = `${data}.new`
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(copy, { mode: 0o700 })
  if (account.uid !== undefined) chownSync(copy, account.uid, account.gid ?? account.uid)
  return copy
}
