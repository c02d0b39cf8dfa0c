import type pg from 'pg'
import { describe, expect, it } from 'vitest'
import { givenDatabase } from './database.ts'
import { actors, measureWalls, standingOf, type Walls } from './walls.ts'
import { givenWorld, type World } from './walls-world.ts'

// The test of the tests: every policy is removed once, every permissive one is opened wide once, and every table loses its
// walls once. Each time what walls.test.ts compares must come out differently, or it would not notice.

type Policy = {
  table: string
  policy: string
  permissive: boolean
  cmd: string
  qual: string | null
  check: string | null
  role: string
}
type Mutation = { name: string; table: string; role?: string; sql: string }

const publicData = 'everybody reads it, and nobody was granted a change'
const onlySeen = 'what is not seen cannot be changed, and seeing has its own policy'
const byQuestion = 'its rows show only with their question, which has the same wall'
/** Mutations that change nothing anybody could measure: another lock holds. */
const harmless: Record<string, string> = {
  'regions without walls': publicData,
  'themes without walls': publicData,
  'theme_neighbours without walls': publicData,
  'idempotency_keys.sweep for all rows': onlySeen,
  'notices.own_handle for all rows': onlySeen,
  'reports.decide for all rows': onlySeen,
  'sessions.own_end for all rows': onlySeen,
  'yield_reminders.own_change for all rows': onlySeen,
  'escalations without wall': byQuestion,
}

const database = await givenDatabase()

async function policiesOf(client: pg.PoolClient): Promise<Policy[]> {
  const { rows } = await client.query<Policy>(
    `select tablename as table, policyname as policy, permissive = 'PERMISSIVE' as permissive, cmd, qual, with_check as check, roles[1] as role
     from pg_policies where schemaname = 'public' order by 1, 2`,
  )
  return rows
}

function widen({ cmd, qual, check }: Policy): string | undefined {
  const using = cmd !== 'INSERT' && qual !== 'true' ? 'using (true)' : ''
  const checks = !['SELECT', 'DELETE'].includes(cmd) && (check ?? qual) !== 'true' ? 'with check (true)' : ''
  return using || checks ? `${using} ${checks}` : undefined
}

const drop = ({ table, policy }: Policy) => `drop policy ${policy} on ${table};`

function mutationsOf(policies: Policy[]): Mutation[] {
  const isDefiner = ({ role }: Policy) => role === 'meedenk_definer'
  const tables = [...new Set(policies.map(({ table }) => table))]
  const ofDefiner = Object.entries(Object.groupBy(policies.filter(isDefiner), ({ table }) => table))
  return [
    ...policies
      .filter((policy) => !isDefiner(policy))
      .flatMap((policy) => {
        const { table, policy: name, role } = policy
        const wide = policy.permissive ? widen(policy) : undefined
        const dropped = { name: `${table} without ${name}`, table, role, sql: drop(policy) }
        const widened = {
          name: `${table}.${name} for all rows`,
          table,
          role,
          sql: `alter policy ${name} on ${table} ${wide}`,
        }
        return wide ? [dropped, widened] : [dropped]
      }),
    // Several policies may let the definer in; one is enough, so they go together.
    ...ofDefiner.map(([table, some = []]) => ({
      name: `${table} without the definer`,
      table,
      role: 'meedenk_definer',
      sql: some.map(drop).join(' '),
    })),
    ...tables.map((table) => ({
      name: `${table} without walls`,
      table,
      sql: `alter table ${table} disable row level security`,
    })),
  ]
}

describe('the measurement of the walls', async () => {
  const client = await database.owner.connect()
  const world = await givenWorld(client)
  await client.query('begin')
  const before = await measureWalls(client, world)
  await client.query('rollback')
  const mutations = mutationsOf(await policiesOf(client)).filter(({ name }) => !(name in harmless))

  /** Whether anything measured differs once the mutation is done; looks first where it should show, because that is quick. */
  async function isNoticed({ table, role, sql }: Mutation): Promise<boolean> {
    await client.query('begin')
    try {
      await client.query(sql)
      const ofDefiner = role === 'meedenk_definer'
      const here = ofDefiner ? { tables: [], functions: true } : { tables: [table], role }
      if (differs(await measureWalls(client, world, here), before, world, role)) return true
      return differs(await measureWalls(client, world), before, world)
    } finally {
      await client.query('rollback')
    }
  }

  it('notices every policy that is missing or opened, and every table without walls', {
    timeout: 400_000,
  }, async () => {
    const missed: string[] = []
    for (const mutation of mutations) if (!(await isNoticed(mutation))) missed.push(mutation.name)
    client.release()

    expect(mutations.length).toBeGreaterThan(150)
    expect(missed).toEqual([])
  })
})

/** Compares what was measured with the same part of the whole. */
function differs(part: Walls, whole: Walls, world: World, role?: string): boolean {
  const measured = actors.filter(
    (name) => role === undefined || role === 'meedenk_definer' || standingOf(name, world).role === role,
  )
  const only = (who: string) =>
    who
      .split(' ')
      .filter((word) => measured.some((name) => word.startsWith(`${name}:`)))
      .join(' ')
  return Object.entries(part).some(([table, rows]) =>
    Object.entries(rows).some(([label, who]) => only(who) !== only(whole[table]?.[label] ?? '')),
  )
}
