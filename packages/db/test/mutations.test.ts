import type pg from 'pg'
import { describe, expect, it } from 'vitest'
import { givenDatabase } from './database.ts'
import { measureWalls, type Walls } from './walls.ts'
import { givenWorld } from './walls-world.ts'

// The test of the tests: every policy is removed once, every permissive one is opened wide once, and every table loses its
// walls once. Each time what tenancy.test.ts compares must come out differently, or it would not notice.

type Policy = { table: string; policy: string; permissive: boolean; cmd: string; qual: string | null; check: string | null }
type Mutation = { name: string; table: string; sql: string }

/** Mutations that change nothing anybody could measure, with the reason. */
const harmless: Record<string, string> = {}

const database = await givenDatabase()

async function policiesOf(client: pg.PoolClient): Promise<Policy[]> {
  const { rows } = await client.query<Policy>(
    `select tablename as table, policyname as policy, permissive = 'PERMISSIVE' as permissive, cmd, qual, with_check as check
     from pg_policies where schemaname = 'public' order by 1, 2`,
  )
  return rows
}

function widen({ cmd, qual, check }: Policy): string | undefined {
  const using = cmd !== 'INSERT' && qual !== 'true' ? 'using (true)' : ''
  const checks = !['SELECT', 'DELETE'].includes(cmd) && (check ?? qual) !== 'true' ? 'with check (true)' : ''
  return using || checks ? `${using} ${checks}` : undefined
}

function mutationsOf(policies: Policy[]): Mutation[] {
  const tables = [...new Set(policies.map(({ table }) => table))]
  return [
    ...policies.map(({ table, policy }) => ({ name: `without ${table}.${policy}`, table, sql: `drop policy ${policy} on ${table}` })),
    ...policies.flatMap((policy) => {
      const wide = policy.permissive ? widen(policy) : undefined
      const { table } = policy
      return wide ? [{ name: `${table}.${policy.policy} for all rows`, table, sql: `alter policy ${policy.policy} on ${table} ${wide}` }] : []
    }),
    ...tables.map((table) => ({ name: `${table} without walls`, table, sql: `alter table ${table} disable row level security` })),
  ]
}

describe('the measurement of the walls', async () => {
  const client = await database.owner.connect()
  const world = await givenWorld(client)
  await client.query('begin')
  const before = await measureWalls(client, world)
  await client.query('rollback')
  const mutations = mutationsOf(await policiesOf(client))

  /** Whether anything measured differs once the mutation is done; looks at its own table first, because that is quick. */
  async function isNoticed({ table, sql }: Mutation): Promise<boolean> {
    await client.query('begin')
    try {
      await client.query(sql)
      const here = await measureWalls(client, world, [table])
      if (differs(here, { [table]: before[table] ?? {} })) return true
      return differs(await measureWalls(client, world), before)
    } finally {
      await client.query('rollback')
    }
  }

  it('notices every policy that is missing or opened, and every table without walls', { timeout: 240_000 }, async () => {
    const missed: string[] = []
    for (const mutation of mutations) if (!(await isNoticed(mutation))) missed.push(mutation.name)
    client.release()

    expect(mutations.length).toBeGreaterThan(150)
    expect(missed.toSorted()).toEqual(Object.keys(harmless).toSorted())
  })
})

const differs = (one: Walls, other: Walls): boolean => JSON.stringify(one) !== JSON.stringify(other)
