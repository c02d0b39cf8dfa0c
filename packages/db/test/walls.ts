import { plazaId } from '@meedenk/domain/channels/schemas'
import type pg from 'pg'
import { functionsOf } from './walls-functions.ts'
import type { World } from './walls-world.ts'

/** Whoever may stand before a wall: the login role and the context it entered with. */
export const actors = [
  'visitor',
  'anna',
  'bram',
  'mo',
  'paul',
  'olga',
  'door',
  'worker',
  'workerNoJob',
  'workerPlaza',
  'workerA',
  'gatherer',
  'eraser',
  'owner',
] as const
export type ActorName = (typeof actors)[number]
type Standing = { role: string; person?: string; system?: string; channel?: string }

export function standingOf(name: ActorName, { ids }: World): Standing {
  const api = 'meedenk_api'
  const worker = 'meedenk_worker'
  const standings: Record<ActorName, Standing> = {
    visitor: { role: api },
    anna: { role: api, person: ids.anna },
    bram: { role: api, person: ids.bram },
    mo: { role: api, person: ids.mo },
    paul: { role: api, person: ids.paul },
    olga: { role: api, person: ids.olga },
    door: { role: api, system: 'door', channel: plazaId },
    worker: { role: worker },
    workerNoJob: { role: worker, channel: plazaId },
    workerPlaza: { role: worker, system: 'test', channel: plazaId },
    workerA: { role: worker, system: 'test', channel: ids.channelA },
    // Jobs for one person: what Lena takes along, and what goes when she has left.
    gatherer: { role: worker, system: 'write-export', person: ids.lena, channel: plazaId },
    eraser: { role: worker, system: 'carry-out-departure', person: ids.lena, channel: plazaId },
    owner: { role: 'meedenk_owner' },
  }
  return standings[name]
}

/**
 * Tries one row as one actor: s it is seen, i it could have been added just so, u it can be changed, d it can be removed.
 * Foreign keys and triggers rest meanwhile, so that only policies and grants answer. Leaves nothing behind.
 */
const probe = `
create or replace function pg_temp.enter_as(actor jsonb) returns void language plpgsql as $f$
begin
  perform ctx.enter((actor->>'person')::uuid, actor->>'system', (actor->>'channel')::uuid);
  perform set_config('role', actor->>'role', true);
end $f$;
create or replace function pg_temp.ask(question text, actor jsonb) returns text language plpgsql as $f$
declare
  told text;
begin
  perform pg_temp.enter_as(actor);
  execute question into told;
  raise exception using errcode = 'UNDO1', message = coalesce(told, 'nothing');
exception when sqlstate 'UNDO1' then return nullif(sqlerrm, 'nothing');
  when insufficient_privilege then return 'refused';
end $f$;
create or replace function pg_temp.attempt(statement text, actor jsonb, content jsonb) returns boolean language plpgsql as $f$
declare n int;
begin
  perform pg_temp.enter_as(actor);
  execute statement using content;
  get diagnostics n = row_count;
  raise exception using errcode = 'UNDO1', message = n;
exception when sqlstate 'UNDO1' then return sqlerrm::int > 0;
  when insufficient_privilege then return false;
end $f$;
create or replace function pg_temp.attempt_insert(t regclass, here text, columns text, actor jsonb, content jsonb) returns boolean language plpgsql as $f$
begin
  execute format('delete from %s x where %s', t, here) using content;
  perform pg_temp.enter_as(actor);
  execute format('insert into %s (%s) select %2$s from jsonb_populate_record(null::%1$s, $1)', t, columns) using content;
  raise exception using errcode = 'UNDO1';
exception when sqlstate 'UNDO1' then return true;
  when insufficient_privilege then return false;
end $f$;
create or replace function pg_temp.granted(t regclass, role text, what text) returns text language sql as $f$
  select string_agg(format('%I', attname), ', ' order by has_column_privilege(role, t, attnum, 'select') desc, attnum desc) from pg_attribute
  where attrelid = t and attnum > 0 and not attisdropped and attgenerated = '' and has_column_privilege(role, t, attnum, what)
$f$;
create or replace function pg_temp.probe(t regclass, key jsonb, actor jsonb) returns text language plpgsql as $f$
declare
  role text := actor->>'role';
  here text;
  content jsonb;
  cols text;
  found text := '';
begin
  select string_agg(format('x.%I = (jsonb_populate_record(null::%s, $1)).%1$I', k, t), ' and ') into here from jsonb_object_keys(key) k;
  execute format('select to_jsonb(x) from %s x where %s', t, here) into strict content using key;
  if pg_temp.attempt(format('select 1 from %s x where %s', t, here), actor, content) then found := found || 's'; end if;
  cols := pg_temp.granted(t, role, 'insert');
  if cols is not null then
    if pg_temp.attempt_insert(t, here, cols, actor, content) then found := found || 'i'; end if;
  end if;
  cols := split_part(pg_temp.granted(t, role, 'update'), ', ', 1);
  if cols <> '' then
    if pg_temp.attempt(format('update %s x set %s = (jsonb_populate_record(null::%1$s, $1)).%2$s where %3$s', t, cols, here), actor, content) then found := found || 'u'; end if;
  end if;
  if pg_temp.attempt(format('delete from %s x where %s', t, here), actor, content) then found := found || 'd'; end if;
  return found;
end $f$`

/** What each actor can do with each row of the world, as text to compare: table -> row -> "actor:letters …". */
export type Walls = Record<string, Record<string, string>>

/** All of it by default; `functions` alone, or some tables, or the actors of one role. */
type Scope = { tables?: string[]; functions?: boolean; role?: string | undefined }

/** Measures the walls of a database with a world in it, inside the caller's transaction. */
export async function measureWalls(client: pg.PoolClient, world: World, scope: Scope = {}): Promise<Walls> {
  const { tables, functions = !tables, role } = scope
  const rows = world.rows.filter(({ table }) => !tables || tables.includes(table))
  const standings = actors
    .map((name) => ({ name, ...standingOf(name, world) }))
    .filter((standing) => !role || standing.role === role)
  const given = [JSON.stringify(rows), JSON.stringify(standings)]
  const walls: Walls = {}
  const note = (found: { table: string; label: string; walls: string | null }[]) => {
    for (const { table, label, walls: text } of found) walls[table] = { ...walls[table], [label]: text ?? '' }
  }
  await client.query('savepoint measure')
  try {
    await client.query(probe)
    if (functions) note((await client.query(measureFunctions, [JSON.stringify(functionsOf(world)), given[1]])).rows)
    await client.query('set local session_replication_role = replica')
    note((await client.query(measureRows, given)).rows)
    return walls
  } finally {
    await client.query('rollback to savepoint measure')
  }
}

const measureRows = `
  select r->>'table' as table, r->>'label' as label,
    (select string_agg(a.actor->>'name' || ':' || a.can, ' ' order by a.place) from (
       select actor, place, pg_temp.probe((r->>'table')::regclass, r->'key', actor) as can
       from jsonb_array_elements($2::jsonb) with ordinality x (actor, place)) a
     where a.can <> '') as walls
  from jsonb_array_elements($1::jsonb) r`

const measureFunctions = `
  select 'functions' as table, f.key as label,
    (select string_agg(a.actor->>'name' || ':' || a.told, ' ' order by a.place) from (
       select actor, place, pg_temp.ask(f.value, actor) as told from jsonb_array_elements($2::jsonb) with ordinality x (actor, place)) a
     where a.told is not null) as walls
  from jsonb_each_text($1::jsonb) f`
