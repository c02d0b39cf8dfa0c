import { runPrepared } from '@meedenk/db/prepared'
import { actAs } from '@meedenk/db/tenancy'
import { type Context, one } from '../context.ts'

// A question that stayed silent for a day counts as one that waits for ever, or silence would make the figure better.
const audience = {
  name: 'count-audience',
  text: `with audience as materialized (select role_kind, people from ctx.count_audience($1::uuid[], $2)),
    recent as (
      select distinct q.id, extract(epoch from q.first_answer_at - q.asked_at) / 3600.0 as hours
      from question_themes qt join questions q on q.id = qt.question_id
      where qt.theme_id = any ($1::uuid[]) and qt.asked_at > $3::timestamptz - interval '30 days' and q.hidden_at is null and q.withdrawn_at is null
        and (q.first_answer_at is not null or q.asked_at < $3::timestamptz - interval '24 hours')
    ), typical as (
      select count(*) as questions, percentile_disc(0.5) within group (order by coalesce(hours::float8, 'infinity')) as hours from recent
    )
    select json_build_object(
      'people', (select coalesce(sum(people), 0) from audience),
      'byRole', json_build_object(
        'practice', (select coalesce(sum(people), 0) from audience where role_kind = 'practice'),
        'policy', (select coalesce(sum(people), 0) from audience where role_kind = 'policy'),
        'coordination', (select coalesce(sum(people), 0) from audience where role_kind = 'coordination'),
        'knowledge', (select coalesce(sum(people), 0) from audience where role_kind = 'knowledge'),
        'other', (select coalesce(sum(people), 0) from audience where role_kind is null or role_kind = 'citizen')),
      'medianHours', case when t.questions >= 10 and t.hours < 'infinity' then round(t.hours::numeric, 1) end,
      'showableRole', coalesce(s.role_shown, false), 'showableRegion', coalesce(s.region_shown, false))::text as json
    from typical t
    left join person_cards c on c.id = $4::uuid
    left join lateral ctx.shared_by_ten(c.role_kind, c.region_code) s on c.id is not null`,
}

/** How many distinct people a question would reach, as the JSON of AudienceView. */
export async function countAudience(
  context: Context,
  input: { themeIds: string[]; onlyRegion: string | null },
): Promise<string> {
  const { db, actor, now } = context
  const values = [input.themeIds, input.onlyRegion, now, actor.kind === 'person' ? actor.personId : null]
  return one(await actAs(db, actor, (tx) => runPrepared<{ json: string }>(tx, audience, values))).json
}
