import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { startPostgres } from './postgres.ts'

function givenFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'meedenk-pg-'))
  chmodSync(folder, 0o711)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function ask(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(statement)
  await client.end()
  return rows
}

it('keeps the data from one start to the next, and finds a server that still runs', async () => {
  const dataDir = givenFolder()

  const first = await startPostgres({ dataDir })
  await ask(first.ownerUrl, 'create table kept as select 42 as answer')
  await first.stop()
  const second = await startPostgres({ dataDir })
  const third = await startPostgres({ dataDir })

  expect(await ask(third.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }])
  expect([first.owned, second.owned, third.owned]).toEqual([true, true, false])
  await third.stop()
  expect(await ask(second.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  await second.stop()
})

it('refuses a visitor without the password, and throws everything away after tests', async () => {
  const dataDir = givenFolder()

  const server = await startPostgres({ dataDir, forTests: true })
  const stranger = new URL(server.ownerUrl)
  stranger.password = 'guess'

  await expect(ask(stranger.href, 'select 1')).rejects.toThrow(/password authentication failed/)
  await server.stop()
  expect(existsSync(dataDir)).toBe(false)
})
