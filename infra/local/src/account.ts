import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The account PostgreSQL runs as; empty when that is simply ourselves. */
export type Account = { uid?: number; gid?: number }

/** PostgreSQL refuses to run as root, so root lends it another account. */
export function findAccount(): Account {
  if (process.getuid?.() !== 0) return {}
  const rows = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const fields = rows.find((row) => row.startsWith(`${name}:`))?.split(':')
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) }
  }
  return { uid: 65534, gid: 65534 }
}

/** Asks the kernel whether the account can reach a path, so folders closed by any parent are found out. */
export function canReach(account: Account, path: string, test: '-x' | '-w'): boolean {
  const asked = spawnSync('/bin/sh', ['-c', `test ${test} "$1"`, 'sh', path], { ...account, cwd: '/' })
  return asked.status === 0
}
