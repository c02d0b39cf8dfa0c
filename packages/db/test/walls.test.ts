import { describe, expect, it } from 'vitest'
import { givenDatabase } from './database.ts'
import { actors, measureWalls, standingOf, type Walls } from './walls.ts'
import { givenWorld } from './walls-world.ts'

const { owner } = await givenDatabase()

describe('the walls as a whole', async () => {
  const client = await owner.connect()
  await client.query('begin')
  const world = await givenWorld(client)
  const walls = await measureWalls(client, world)
  const tables = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`,
  )
  const functions = await client.query<{ name: string }>(
    `select proname as name from pg_proc where prosecdef and pronamespace in ('ctx'::regnamespace, 'search'::regnamespace) and prorettype <> 'trigger'::regtype`,
  )
  await client.query('rollback')
  client.release()

  it('are what walls.expected.txt says; read each changed line before taking it over', async () => {
    await expect(render(walls)).toMatchFileSnapshot('./walls.expected.txt')
  })

  it('are measured for every table', () => {
    expect(tables.rows.map(({ name }) => name).filter((name) => !walls[name])).toEqual([])
  })

  it('are measured for every function that looks behind them', () => {
    const asked = Object.keys(walls['functions'] ?? {}).map((label) => label.match(/^\w+/)?.[0])

    expect(functions.rows.map(({ name }) => name).filter((name) => !asked.includes(name))).toEqual([])
  })

  it('show closed rows to the members of that channel and its jobs only', () => {
    const inside = { A: ['anna', 'olga', 'workerA'], B: ['bram'] }
    const outsiders = reach(walls).filter(({ table, label, actor, can }) => {
      const channel = /A($|By|To|Of|Answer)|^observed/.test(label) ? 'A' : /B($|By|To|Of)/.test(label) ? 'B' : undefined
      if (!channel || actor === 'owner' || !can.includes('s')) return false
      const relays = ['events', 'channels'].includes(table) && standingOf(actor, world).role === 'meedenk_worker'
      return !relays && !inside[channel].includes(actor)
    })

    expect(outsiders).toEqual([])
  })

  it('show hidden and withdrawn posts to their author, moderators and jobs only', () => {
    const may = ['anna', 'mo', 'workerPlaza', 'gatherer', 'eraser', 'owner']
    const content = ['questions', 'answers', 'revisions', 'yields', 'escalations']
    const others = reach(walls).filter(
      ({ table, label, actor }) =>
        content.includes(table) && ['hidden', 'withdrawn'].includes(label) && !may.includes(actor),
    )

    expect(others).toEqual([])
  })

  it('show what proves a person only at the door, and that it exists to the job that gathers for them', () => {
    const secrets = ['passwords', 'totp_secrets', 'recovery_codes']
    const others = reach(walls)
      .filter(({ table, actor }) => secrets.includes(table) && actor !== 'door')
      .filter(({ label, actor, can }) => !(actor === 'gatherer' && label === 'lena' && can === 's'))

    expect(others).toEqual([])
  })

  it('never show who sealed a post to anybody who comes through the api', () => {
    const readers = reach(walls).filter(
      ({ table, actor, can }) =>
        table === 'sealed_authors' && can.includes('s') && standingOf(actor, world).role === 'meedenk_api',
    )

    expect(readers).toEqual([])
  })
})

/** The measurement as text with a line for each row, to be read by people. */
function render(found: Walls): string {
  const legend = [
    'Who reaches which row. s: sees it, i: could have added it just so, u: can change it, d: can remove it.',
    `Actors: ${actors.join(', ')}. An actor that is not on a line can do nothing there.`,
    'Written by walls.test.ts (vitest -u); every change of a line is a change of a wall, so read it.',
  ]
  const blocks = Object.keys(found)
    .toSorted()
    .map((table) => {
      const rows = Object.entries(found[table] ?? {}).toSorted(([a], [b]) => a.localeCompare(b))
      return [table, ...rows.map(([label, who]) => `  ${label.padEnd(34)} ${who}`.trimEnd())].join('\n')
    })
  return `${legend.join('\n')}\n\n${blocks.join('\n\n')}\n`
}

/** The measurement row by row and actor by actor. */
function reach(found: Walls) {
  return Object.entries(found)
    .filter(([table]) => table !== 'functions')
    .flatMap(([table, rows]) =>
      Object.entries(rows).flatMap(([label, who]) =>
        who
          .split(' ')
          .filter(Boolean)
          .map((part) => {
            const [name, can = ''] = part.split(':')
            const actor = actors.find((known) => known === name) ?? 'visitor'
            return { table, label, actor, can }
          }),
      ),
    )
}
