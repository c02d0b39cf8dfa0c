import type { Db } from '@meedenk/db/connection'
import { readPublic } from '@meedenk/db/tenancy'

const themes = {
  name: 'list-themes',
  text: `select json_build_object('items', coalesce(json_agg(json_build_object(
      'id', t.id, 'slug', t.slug, 'name', t.name, 'nameEn', t.name_en, 'description', t.description, 'keywords', t.keywords,
      'bond', t.bond, 'tint', t.tint, 'experts', coalesce(e.people, 0), 'questions', coalesce(q.questions, 0)) order by t.position, t.name), '[]'))::text as json
    from themes t
    left join ctx.count_experts() e on e.theme_id = t.id
    left join (
      select qt.theme_id, count(*) as questions
      from question_themes qt join questions visible on visible.id = qt.question_id
      where visible.hidden_at is null and visible.withdrawn_at is null group by qt.theme_id) q on q.theme_id = t.id
    where not t.hidden`,
}
const regions = {
  name: 'list-regions',
  text: `select json_build_object('items', coalesce(json_agg(json_build_object(
      'code', code, 'name', name, 'province', province, 'region', region) order by name), '[]'))::text as json
    from regions`,
}

/** All themes with their number of experts and questions, as the JSON of ThemeList. */
export const readThemes = (db: Db): Promise<string> => readJson(db, themes)

/** The 342 municipalities, as the JSON of RegionList. */
export const readRegions = (db: Db): Promise<string> => readJson(db, regions)

async function readJson(db: Db, query: { name: string; text: string }): Promise<string> {
  const [row] = await readPublic<{ json: string }>(db, query, [])
  return row?.json ?? '{"items":[]}'
}
