import { actAs } from '@meedenk/db/tenancy'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { ProductError } from '@meedenk/domain/errors'
import type { OwnProfileView, ProfileView } from '@meedenk/domain/people/schemas'
import { sql } from 'drizzle-orm'
import { asPerson, type Context } from '../context.ts'

const contributionsMax = 20

/** A profile as this reader may see it; one they may not see is one that does not exist. */
export async function readProfile({ db, actor }: Context, handle: string): Promise<ProfileView> {
  const { rows } = await actAs(db, actor, (tx) =>
    tx.execute<{ profile: ProfileView }>(sql`
      select json_build_object('handle', c.handle, 'name', c.name, 'portrait', c.portrait, 'roleKind', c.role_kind, 'jobTitle', c.job_title,
        'organisation', c.organisation, 'region', c.region, 'about', c.about, 'joinedAt', c.joined_at,
        'expertises', coalesce((
          select json_agg(json_build_object('id', t.id, 'slug', t.slug, 'name', t.name, 'nameEn', t.name_en, 'level', e.level) order by e.level, t.name)
          from person_expertises e join themes t on t.id = e.theme_id and not t.hidden where e.person_id = c.id), '[]'),
        'contributions', ${contributions()}) as profile
      from person_cards c where c.handle = ${handle} and c.profile_visible and c.state <> 'stopped'`),
  )
  const [row] = rows
  if (!row) throw new ProductError('not_found')
  return row.profile
}

/** Written under one's own name on the plaza, and still there for everybody; also one's own hidden posts stay out. */
const contributions = () => sql`coalesce((
  select json_agg(json_build_object('questionId', x.id, 'number', x.number, 'slug', x.slug, 'title', x.title, 'kind', x.kind, 'at', x.at) order by x.at desc)
  from (
    select q.id, q.number, q.slug, q.title, 'asked' as kind, q.asked_at as at from questions q
    where q.author_id = c.id and q.channel_id = ${plazaId}::uuid and q.hidden_at is null and q.withdrawn_at is null
    union all
    select q.id, q.number, q.slug, q.title, 'answered', max(a.posted_at) from answers a join questions q on q.channel_id = a.channel_id and q.id = a.question_id
    where a.author_id = c.id and a.channel_id = ${plazaId}::uuid and a.hidden_at is null and a.withdrawn_at is null and not a.by_asker
      and q.hidden_at is null and q.withdrawn_at is null
    group by q.channel_id, q.id, q.number, q.slug, q.title
    order by at desc limit ${contributionsMax}
  ) x), '[]')`

/** One's own profile with everything in it, to edit. */
export async function readOwnProfile(context: Context): Promise<OwnProfileView> {
  const { db, actor, now } = asPerson(context)
  const since = new Date(now.getTime() - 56 * 86_400_000).toISOString()
  const { rows } = await actAs(db, actor, (tx) =>
    tx.execute<{ profile: OwnProfileView }>(sql`
      select json_build_object('handle', p.handle, 'name', p.name, 'email', a.email, 'portrait', p.portrait, 'roleKind', p.role_kind,
        'jobTitle', c.job_title, 'organisation', c.organisation, 'regionCode', c.region_code, 'about', c.about, 'locale', p.locale,
        'visibility', json_build_object('profile', p.profile_visibility, 'jobTitle', c.job_title_visibility, 'organisation', c.organisation_visibility,
          'region', c.region_visibility, 'about', c.about_visibility, 'expertise', p.expertise_visibility),
        'expertises', coalesce((select json_agg(json_build_object('themeId', e.theme_id, 'level', e.level) order by e.since, e.theme_id) from person_expertises e where e.person_id = p.id), '[]'),
        'interests', coalesce((select json_agg(i.theme_id order by i.since, i.theme_id) from person_interests i where i.person_id = p.id), '[]'),
        'nudgesPerWeek', p.nudges_per_week,
        'questionsPerWeek', (select round(count(distinct qt.question_id) / 8.0, 1) from question_themes qt
          where qt.theme_id in (select e.theme_id from person_expertises e where e.person_id = p.id) and qt.asked_at >= ${since}::timestamptz),
        'version', p.version) as profile
      from people p join person_cards c on c.id = p.id join accounts a on a.person_id = p.id where p.id = ${actor.personId}`),
  )
  const [row] = rows
  if (!row) throw new ProductError('not_found')
  return row.profile
}
