import { randomUUID } from 'node:crypto'
import { connect, type Db } from '@meedenk/db/connection'
import { urlOf } from '@meedenk/db/migrate'
import pg from 'pg'
import { afterAll, inject } from 'vitest'

export type TestDatabase = { api: Db; worker: Db; owner: pg.Pool; apiUrl: string; workerUrl: string; queueUrl: string }

/** A fresh migrated database for one test file, dropped afterwards; `owner` is the superuser, for set-up and for looking behind the walls. */
export async function givenDatabase(): Promise<TestDatabase> {
  const { ownerUrl, templateDatabase, passwords } = inject('testCluster')
  const database = `test_${randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: ownerUrl })
  await admin.connect()
  await admin.query(`create database ${database} template ${templateDatabase} owner meedenk_owner`)
  // Privileges of a database are not copied from its template.
  await admin.query(
    `revoke all on database ${database} from public; grant connect on database ${database} to meedenk_api, meedenk_worker, meedenk_queue; grant temporary on database ${database} to meedenk_queue`,
  )
  const apiUrl = urlOf(ownerUrl, database, 'meedenk_api', passwords.api)
  const workerUrl = urlOf(ownerUrl, database, 'meedenk_worker', passwords.worker)
  const queueUrl = urlOf(ownerUrl, database, 'meedenk_queue', passwords.queue)
  const [api, worker] = [connect({ url: apiUrl, connectionsMax: 5 }), connect({ url: workerUrl, connectionsMax: 5 })]
  const owner = new pg.Pool({ connectionString: urlOf(ownerUrl, database), max: 3 })
  owner.on('error', () => undefined)
  afterAll(async () => {
    await Promise.all([api.end(), worker.end(), owner.end()])
    await admin.query(`drop database ${database} with (force)`)
    await admin.end()
  })
  return { api, worker, owner, apiUrl, workerUrl, queueUrl }
}
