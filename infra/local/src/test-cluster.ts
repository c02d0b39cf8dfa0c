import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, type Passwords } from '@meedenk/db/migrate'
import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'

const templateDatabase = 'meedenk_template'
const passwords: Passwords = { api: 'test-api', worker: 'test-worker', queue: 'test-queue' }

async function startCluster() {
  const dataDir = mkdtempSync(join(tmpdir(), 'meedenk-test-'))
  // mkdtemp closes the folder, and PostgreSQL may run under another account.
  chmodSync(dataDir, 0o711)
  const { ownerUrl, stop } = await startPostgres({ dataDir, forTests: true })
  try {
    await migrate({ ownerUrl, database: templateDatabase, passwords })
  } catch (error) {
    await stop()
    throw error
  }
  return { ownerUrl, stop }
}

// Every project asks for the cluster, but each imports its own copy of this file; the process has one.
const shared = globalThis as { meedenkTestCluster?: { users: number; cluster: ReturnType<typeof startCluster> } }

/** Lends the projects of one test run a single throw-away PostgreSQL with a migrated template database. */
export default async function lendTestCluster(project: TestProject) {
  shared.meedenkTestCluster ??= { users: 0, cluster: startCluster() }
  const lent = shared.meedenkTestCluster
  lent.users++
  const { ownerUrl, stop } = await lent.cluster
  project.provide('testCluster', { ownerUrl, templateDatabase, passwords })
  return async () => {
    lent.users--
    if (lent.users > 0) return
    delete shared.meedenkTestCluster
    await stop()
  }
}
