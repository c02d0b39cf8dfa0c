import { actAs } from '@meedenk/db/tenancy'
import { ProductError } from '@meedenk/domain/errors'
import type { PeoplePage, PeopleQuery, PersonCard } from '@meedenk/domain/people/schemas'
import { type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { asPerson, type Context } from '../context.ts'

const perPage = 24
const fewNames = 25
const candidatesMax = 1000
type Row = { id: string; name: string; card: z.output<typeof PersonCard> }

/** The members who let themselves be found, by name. */
export async function readPeople(
  context: Context,
  query: z.output<typeof PeopleQuery>,
): Promise<z.output<typeof PeoplePage>> {
  const { db, actor } = asPerson(context)
  const limit = query.limit ?? perPage
  const { rows } = await actAs(db, actor, (tx) =>
    // First the page, from columns that everybody may read; the cards of only those people after that.
    tx.execute<Row>(sql`
      with page as (
        select * from (${sql.join(
          waysToFind(query.q).map(
            ({ from, where }) => sql`(
              select p.id, p.name from ${from}
              where p.state = 'active' and p.onboarded_at is not null
                and (p.profile_visibility in ('everyone', 'members') or p.id = ${actor.personId})
                ${sql.join([where, ...filtersOf(query)], sql` `)}
              order by p.name, p.id limit ${limit + 1})`,
          ),
          sql` union `,
        )}) found order by name, id limit ${limit + 1}
      )
      select page.id, page.name, json_build_object('handle', c.handle, 'name', c.name, 'portrait', c.portrait, 'roleKind', c.role_kind,
        'jobTitle', c.job_title, 'organisation', c.organisation, 'region', c.region,
        'expertises', coalesce((
          select json_agg(json_build_object('id', t.id, 'slug', t.slug, 'name', t.name, 'nameEn', t.name_en) order by e.level, t.name)
          from person_expertises e join themes t on t.id = e.theme_id and not t.hidden where e.person_id = c.id), '[]')) as card
      from page join lateral (select * from person_cards k where k.id = page.id limit 1) c on true
      order by page.name, page.id`),
  )
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map((row) => row.card), next: rows.length > limit && last ? cursorOf(last) : null }
}

/** The people of a bounded list, looked up one by one: reading everybody to find a thousand is what took the time. */
const oneByOne = (ids: SQL) =>
  sql`(${ids}) as found (id) cross join lateral (
    select k.id, k.name, k.state, k.onboarded_at, k.profile_visibility, k.role_kind from people k where k.id = found.id limit 1) p`

/**
 * By name, by what they know, and by a name that only looks like it. Each way gives a page of its own, which for a broad
 * word is read from the names in order; only what has no such order is bounded, because weighing every match costs seconds.
 */
function waysToFind(q: string | undefined): { from: SQL; where: SQL }[] {
  const all = sql`people p`
  if (!q) return [{ from: all, where: sql`` }]
  const part = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  const named = sql`select n.id from people n where n.name ilike ${part}`
  const looksLike = sql`select n.id from people n where ${q}::text <% n.name limit ${candidatesMax}`
  const about = sql`select t.id from themes t where not t.hidden and (t.name ilike ${part} or t.name_en ilike ${part})`
  const knows = sql`select ctx.people_who_know(array(${about}), ${candidatesMax})`
  const byWhatTheyKnow = { from: oneByOne(knows), where: sql`` }
  // The index of trigrams has nothing to go by then and would give everybody; so it is kept out of it.
  if (!/[\p{L}\p{N}]{3}/u.test(q)) return [{ from: all, where: sql`and p.name || '' ilike ${part}` }, byWhatTheyKnow]
  return [
    { from: all, where: sql`and p.name ilike ${part}` },
    byWhatTheyKnow,
    // Whoever is found by the name itself needs no guess at what it should have been.
    {
      from: oneByOne(looksLike),
      where: sql`and (select count(*) from (${named} limit ${fewNames}) few) < ${fewNames}`,
    },
  ]
}

function filtersOf({ theme, region, role, after }: z.output<typeof PeopleQuery>): SQL[] {
  const filters: SQL[] = []
  if (theme) {
    const know = sql`select e.person_id from person_expertises e join themes t on t.id = e.theme_id and not t.hidden`
    filters.push(sql`and p.id in (${know} where t.slug = ${theme})`)
  }
  if (region) filters.push(sql`and p.id in (select ctx.people_in_region(${region}))`)
  if (role) filters.push(sql`and p.role_kind = ${role}`)
  if (after) {
    const { name, id } = readCursor(after)
    filters.push(sql`and (p.name, p.id) > (${name}, ${id}::uuid)`)
  }
  return filters
}

const cursorOf = ({ name, id }: Row) => Buffer.from(`${id}|${name}`).toString('base64url')

function readCursor(after: string): { name: string; id: string } {
  const [, id, name] =
    /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\|([^\0]*)$/.exec(
      Buffer.from(after, 'base64url').toString('utf8'),
    ) ?? []
  if (id === undefined || name === undefined) throw new ProductError('invalid_cursor')
  return { id, name }
}
