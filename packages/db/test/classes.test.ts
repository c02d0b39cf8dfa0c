import { classOf, dataClasses, dataClassNames } from '@meedenk/db/classes'
import { toSnakeCase } from 'drizzle-orm/casing'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { describe, expect, it } from 'vitest'
import * as schema from '../src/schema.ts'
import { givenDatabase } from './database.ts'

const database = await givenDatabase()
const { rows: columns } = await database.owner.query<{ table: string; column: string }>(
  `select c.relname as table, a.attname as column
   from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`,
)
const listed = Object.entries(dataClasses).flatMap(([table, byClass]) =>
  dataClassNames.flatMap((name) => (byClass[name]?.split(' ') ?? []).map((column) => ({ table, column, name }))),
)

describe('the data inventory', () => {
  it('gives every column a class', () => {
    const unclassified = columns.filter(({ table, column }) => classOf(table, column) === undefined)

    expect(unclassified).toEqual([])
  })

  it('names no column that does not exist', () => {
    const known = new Set(columns.map(({ table, column }) => `${table}.${column}`))

    expect(listed.filter(({ table, column }) => !known.has(`${table}.${column}`))).toEqual([])
  })

  it('names no column twice', () => {
    const names = listed.map(({ table, column }) => `${table}.${column}`)

    expect(names).toHaveLength(new Set(names).size)
  })
})

describe('the tables in code', () => {
  it('have the columns of the tables in the database, no more and no fewer', () => {
    const inCode = Object.values(schema)
      .filter((value) => value instanceof PgTable)
      .map((table) => getTableConfig(table))
      .flatMap(({ name, columns }) => columns.map((column) => `${name}.${toSnakeCase(column.name)}`))

    expect(inCode.toSorted()).toEqual(columns.map(({ table, column }) => `${table}.${column}`).toSorted())
  })
})

describe('columns that could tell who wrote an anonymous post', () => {
  it('are unreadable for the api', async () => {
    const special = listed.filter(({ name, table }) => name === 'special' && table !== 'seal_openings')
    const readable = []
    for (const { table, column } of special) {
      const { rows } = await database.owner.query('select has_column_privilege($1, $2, $3, $4) as may', [
        'meedenk_api',
        table,
        column,
        'select',
      ])
      if (rows[0].may) readable.push(`${table}.${column}`)
    }

    expect(special).not.toEqual([])
    expect(readable).toEqual([])
  })
})
