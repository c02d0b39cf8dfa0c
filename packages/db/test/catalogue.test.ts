import { randomUUID } from 'node:crypto'
import { migrate, urlOf } from '@meedenk/db/migrate'
import pg from 'pg'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { givenDatabase } from './database.ts'

const database = await givenDatabase()
const appRoles = ['meedenk_api', 'meedenk_worker', 'meedenk_queue']

/** One column of the rows a catalogue query finds; an empty list is what a healthy database answers. */
async function find(text: string, values: unknown[] = []): Promise<string[]> {
  const { rows } = await database.owner.query<{ found: string }>(text, values)
  return rows.map(({ found }) => found)
}

/**
 * Policies that let everything through: each with the reason why it may. Those of the definer role are not among them:
 * it never signs in, its functions filter by themselves, and walls.test.ts says what they let out.
 */
const openPolicies: Record<string, string> = {
  'themes.read': 'public reference data',
  'theme_neighbours.read': 'public reference data',
  'regions.read': 'public reference data',
  'themes.keep': 'reference data is filled by the owner',
  'theme_neighbours.keep': 'reference data is filled by the owner',
  'regions.keep': 'reference data is filled by the owner',
  'people.read': 'column grants decide what is seen of people',
  'question_themes.read': 'the wall of the channel stands around it',
  'answers.own': 'only the check after an update; which rows is decided before it',
  'channels.worker': 'jobs look up the channel they work in',
  'events.worker': 'the relay reads the events of all channels; ids only',
  'cursors.worker': 'bookkeeping of the worker',
  'processed_jobs.worker': 'bookkeeping of the worker',
  'rounds.worker': 'bookkeeping of the worker',
}
describe('row level security', () => {
  it('is enabled and forced on every table and partition', async () => {
    const open = await find(
      `select c.oid::regclass::text as found from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`,
    )

    expect(open).toEqual([])
  })

  it('has a policy on every table', async () => {
    const without = await find(
      `select c.oid::regclass::text as found from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and not exists (select from pg_policy p where p.polrelid = c.oid)`,
    )

    expect(without).toEqual([])
  })

  it('lets everything through only where this file says why', async () => {
    const open = await find(
      `select distinct tablename || '.' || policyname as found from pg_policies
       where schemaname = 'public' and permissive = 'PERMISSIVE' and (qual = 'true' or with_check = 'true')
         and roles <> '{meedenk_definer}'`,
    )

    expect(open.toSorted()).toEqual(Object.keys(openPolicies).toSorted())
  })

  it('names the roles of every policy, never everybody', async () => {
    const forAll = await find(
      `select tablename || '.' || policyname as found from pg_policies where schemaname = 'public' and 'public' = any (roles)`,
    )

    expect(forAll).toEqual([])
  })

  it('has a restrictive wall for api and worker on every table whose rows belong to a question', async () => {
    const unwalled = await find(
      `select c.relname || ' for ' || role as found
       from pg_class c, unnest(array['meedenk_api', 'meedenk_worker']) role
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
         and (c.relname in ('questions', 'answers') or exists (
           select from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and f.confrelid in ('questions'::regclass, 'answers'::regclass)))
         and has_table_privilege(role, c.oid, 'select')
         and c.relname <> 'notices'
         and not exists (select from pg_policies p where p.tablename = c.relname and p.permissive = 'RESTRICTIVE' and role = any (p.roles))`,
    )

    expect(unwalled).toEqual([])
  })
})

describe('the roles', () => {
  it('are plain: no superuser, no way around the walls, no making of roles or databases', async () => {
    const strong = await find(
      `select rolname as found from pg_roles where rolname like 'meedenk%' and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication)`,
    )

    expect(strong).toEqual([])
  })

  it('of the app are members of no other role', async () => {
    const members = await find(
      `select r.rolname || ' in ' || g.rolname as found from pg_auth_members m
       join pg_roles r on r.oid = m.member join pg_roles g on g.oid = m.roleid where r.rolname = any ($1)`,
      [appRoles],
    )

    expect(members).toEqual([])
  })

  it('of the app own nothing but the queue', async () => {
    const owned = await find(
      `select c.oid::regclass::text as found from pg_class c join pg_roles r on r.oid = c.relowner
       where r.rolname = any ($1) and c.relnamespace <> 'bullmq'::regnamespace
       union all select p.oid::regprocedure::text from pg_proc p join pg_roles r on r.oid = p.proowner
       where r.rolname = any ($1) and p.pronamespace <> 'bullmq'::regnamespace
       union all select n.nspname from pg_namespace n join pg_roles r on r.oid = n.nspowner where r.rolname = any ($1) and n.nspname <> 'bullmq'`,
      [appRoles],
    )

    expect(owned).toEqual([])
  })

  it('of the app can make nothing: no schema, table or temporary thing (the queue, which sees nothing else, gathers jobs in one)', async () => {
    const makers = await find(
      `select role || ' in ' || n.nspname as found from unnest($1::text[]) role, pg_namespace n
       where has_schema_privilege(role, n.oid, 'create') and not (n.nspname = 'bullmq' and role = 'meedenk_queue')
       union all
       select role || ' may ' || what from unnest($1::text[]) role, unnest(array['create', 'temporary']) what
       where has_database_privilege(role, current_database(), what) and not (role = 'meedenk_queue' and what = 'temporary')`,
      [appRoles],
    )

    expect(makers).toEqual([])
  })

  it('of api and worker see nothing of the queue, and the queue nothing of the rest', async () => {
    const seen = await find(
      `select 'meedenk_queue' || ' sees ' || c.relname as found from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'S') and has_table_privilege('meedenk_queue', c.oid, 'select')
       union all select role || ' in bullmq' from unnest(array['meedenk_api', 'meedenk_worker']) role where has_schema_privilege(role, 'bullmq', 'usage')`,
    )

    expect(seen).toEqual([])
  })

  it('cannot read or move a sequence, which would tell how much is written elsewhere', async () => {
    const counted = await find(
      `select role || ' on ' || c.relname as found from pg_class c, unnest($1::text[]) role
       where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace and has_sequence_privilege(role, c.oid, 'usage, select, update')`,
      [appRoles],
    )

    expect(counted).toEqual([])
  })

  it('cannot truncate, and so leave no trace', async () => {
    const able = await find(
      `select role || ' on ' || c.relname as found from pg_class c, unnest($1::text[]) role
       where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and has_table_privilege(role, c.oid, 'truncate, references, trigger')`,
      [appRoles],
    )

    expect(able).toEqual([])
  })
})

describe('the first migration of an empty server', async () => {
  const { ownerUrl, passwords } = inject('testCluster')
  const name = `fresh_${randomUUID().replaceAll('-', '')}`
  await migrate({ ownerUrl, database: name, passwords })
  const fresh = new pg.Client({ connectionString: urlOf(ownerUrl, name) })
  await fresh.connect()
  afterAll(async () => {
    await fresh.end()
    await database.owner.query(`drop database ${name} with (force)`)
  })

  it('leaves api and worker unable to make temporary things, and nobody able to make schemas', async () => {
    const { rows } = await fresh.query(
      `select role from unnest($1::text[]) role
       where (role <> 'meedenk_queue' and has_database_privilege(role, current_database(), 'temporary')) or has_database_privilege(role, current_database(), 'create')
          or has_schema_privilege(role, 'public', 'create')`,
      [appRoles],
    )

    expect(rows).toEqual([])
  })

  it('can be repeated', async () => {
    await expect(migrate({ ownerUrl, database: name, passwords })).resolves.toBeDefined()
  })
})

describe('foreign keys', () => {
  it('are each covered by an index', async () => {
    const uncovered = await find(
      `select con.conrelid::regclass || '.' || con.conname as found from pg_constraint con
       where con.contype = 'f' and con.connamespace = 'public'::regnamespace and not exists (
         select from pg_index i where i.indrelid = con.conrelid and i.indisvalid
           and (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(con.conkey)] @> con.conkey)`,
    )

    expect(uncovered).toEqual([])
  })

  it('between tables of channels carry the channel, because they look behind the walls', async () => {
    const loose = await find(
      `select con.conrelid::regclass || '.' || con.conname as found from pg_constraint con
       join pg_attribute a on a.attrelid = con.conrelid and a.attname = 'channel_id'
       join pg_attribute b on b.attrelid = con.confrelid and b.attname = 'channel_id'
       where con.contype = 'f' and con.connamespace = 'public'::regnamespace
         and not (a.attnum = any (con.conkey) and b.attnum = any (con.confkey))`,
    )

    expect(loose).toEqual([])
  })
})

describe('functions and views', () => {
  it('that run as their owner have a fixed search path and are no superuser’s', async () => {
    const loose = await find(
      `select p.oid::regprocedure::text as found from pg_proc p join pg_roles r on r.oid = p.proowner
       where p.pronamespace in ('ctx'::regnamespace, 'search'::regnamespace, 'public'::regnamespace)
         and p.prosecdef and (r.rolsuper or r.rolname <> 'meedenk_definer' or not coalesce('search_path=""' = any (p.proconfig), false))`,
    )

    expect(loose).toEqual([])
  })

  it('are called by nobody who was not named', async () => {
    const forAll = await find(
      `select p.oid::regprocedure::text as found from pg_proc p
       where p.pronamespace in ('ctx'::regnamespace, 'search'::regnamespace)
         and (p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0))`,
    )

    expect(forAll).toEqual([])
  })

  it('include one view that shows more than its reader may see, the card of a person; the rest run as the reader', async () => {
    const views = await find(
      `select c.relname as found from pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
         and not coalesce(c.reloptions @> array['security_invoker=true'], false)`,
    )
    // It hides fields, never rows, which is why it needs no security barrier.
    const condition = await find(
      `select definition as found from pg_views where viewname = 'person_cards' and regexp_replace(definition, '\\([^()]*WHERE[^()]*\\([^()]*\\)\\)', '', 'g') like '%WHERE%'`,
    )

    expect(views).toEqual(['person_cards'])
    expect(condition).toEqual([])
  })
})
