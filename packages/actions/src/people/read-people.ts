import { actAs } from '@meedenk/db/tenancy'
import { ProductError } from '@meedenk/domain/errors'
import type { PeoplePage, PeopleQuery, PersonCard } from '@meedenk/domain/people/schemas'
import { type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { asPerson, type Context } from '../context.ts'

const perPage = 24
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
        select p.id, p.name from people p
        where p.state = 'active' and p.onboarded_at is not null and (p.profile_visibility in ('everyone', 'members') or p.id = ${actor.personId})
          ${sql.join(filtersOf(query), sql` `)}
        order by p.name, p.id limit ${limit + 1}
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

function filtersOf({ q, theme, region, role, after }: z.output<typeof PeopleQuery>): SQL[] {
  const filters: SQL[] = []
  const whoKnow = (about: SQL) =>
    sql`select e.person_id from person_expertises e join themes t on t.id = e.theme_id and not t.hidden where ${about}`
  if (q) {
    const part = `%${q.replace(/[\\%_]/g, '\\$&')}%`
    // A union, because each half then has its own index.
    filters.push(sql`and p.id in (
      select n.id from people n where n.name ilike ${part} or ${q}::text <% n.name
      union ${whoKnow(sql`(t.name ilike ${part} or t.name_en ilike ${part})`)})`)
  }
  if (theme) filters.push(sql`and p.id in (${whoKnow(sql`t.slug = ${theme}`)})`)
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
