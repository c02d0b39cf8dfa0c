import { readFileSync } from 'node:fs'
import { urlOf } from '@meedenk/db/migrate'
import pg from 'pg'
import themes from '../content/themes.json' with { type: 'json' }

/** Reads a file with a heading and semicolons, in which no value holds a semicolon or a quote. */
function readRegions() {
  const file = readFileSync(new URL('../content/regions.csv', import.meta.url), 'utf8')
  const [, ...lines] = file.trim().split('\n')
  return lines.map((row) => {
    const [code, name, province, region, aliases = '', inhabitants] = row.split(';')
    const otherNames = aliases.split('|').filter(Boolean)
    return { code, name, province, region, aliases: otherNames, inhabitants: Number(inhabitants) }
  })
}

const putThemes = `
  insert into themes (slug, name, name_en, description, keywords, bond, tint, position)
  select t->>'slug', t->>'name', t->>'nameEn', t->>'description',
    array(select jsonb_array_elements_text(t->'keywords')), t->>'bond', t->>'tint', place
  from jsonb_array_elements($1::jsonb) with ordinality x (t, place)
  on conflict (slug) do update set (name, name_en, description, keywords, bond, tint, position) =
    (excluded.name, excluded.name_en, excluded.description, excluded.keywords, excluded.bond, excluded.tint, excluded.position)`

const forgetNeighbours = `
  delete from theme_neighbours where theme_id in (
    select id from themes where slug in (select t->>'slug' from jsonb_array_elements($1::jsonb) x (t)))`

const putNeighbours = `
  insert into theme_neighbours (theme_id, neighbour_id, distance)
  select theme.id, neighbour.id, place
  from jsonb_array_elements($1::jsonb) x (t)
  cross join jsonb_array_elements_text(t->'neighbours') with ordinality y (slug, place)
  join themes theme on theme.slug = t->>'slug'
  join themes neighbour on neighbour.slug = y.slug`

const putRegions = `
  insert into regions (code, name, province, region, aliases, inhabitants)
  select r->>'code', r->>'name', r->>'province', r->>'region',
    array(select jsonb_array_elements_text(r->'aliases')), (r->>'inhabitants')::int
  from jsonb_array_elements($1::jsonb) x (r)
  on conflict (code) do update set (name, province, region, aliases, inhabitants) =
    (excluded.name, excluded.province, excluded.region, excluded.aliases, excluded.inhabitants)`

/** Brings the 30 themes with their neighbours and the 342 municipalities up to date; may run again at any time. */
export async function loadReferenceData(ownerUrl: string, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(ownerUrl, database) })
  await client.connect()
  try {
    await client.query('begin')
    await client.query('set local role meedenk_owner')
    for (const statement of [putThemes, forgetNeighbours, putNeighbours]) {
      await client.query(statement, [JSON.stringify(themes)])
    }
    await client.query(putRegions, [JSON.stringify(readRegions())])
    await client.query('commit')
  } finally {
    await client.end()
  }
}
