import type { Db } from '@meedenk/db/connection'
import { readPublic } from '@meedenk/db/tenancy'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { one } from '../context.ts'

const days = 30
const weeks = 8
/** Below this many questions figures say little (UX, rule 3). */
const enoughQuestions = 30
/** Groups of people below this size are not shown. */
const leastPeople = 5

// Who has waited a day without an answer counts as the slowest: leaving them out would flatter the figures.
const clockHours = `case when q.first_answer_at is not null then extract(epoch from q.first_answer_at - q.asked_at)::float8 / 3600
  when q.asked_at < $1::timestamptz - interval '24 hours' then 'infinity'::float8 end`
const officeHours = `case when q.first_answer_at is not null then q.first_answer_office_minutes::float8 / 60
  when q.asked_at < $1::timestamptz - interval '24 hours' then 'infinity'::float8 end`
const asHours = (part: number, hours: string) =>
  `round(nullif(percentile_disc(${part}) within group (order by ${hours}), 'infinity'::float8)::numeric, 2)`
const dayOld = `filter (where q.asked_at < $1::timestamptz - interval '24 hours')`
const visible = `q.channel_id = '${plazaId}' and q.hidden_at is null and q.withdrawn_at is null and q.asked_at <= $1::timestamptz`
const weekOf = (moment: string) => `date_trunc('week', ${moment} at time zone 'Europe/Amsterdam')`

const share = (role: string) => `round(coalesce(sum(people) filter (where role_kind = '${role}'), 0) / sum(people), 3)`

const byWeek = `select json_agg(json_build_object('weekStart', w.start::date, 'questions', w.questions, 'answers', w.answers, 'medianClockHours', w.median) order by w.start)
  from (
    select start, count(q.id) as questions, coalesce(sum(q.answer_count), 0) as answers, ${asHours(0.5, clockHours)} as median
    from generate_series(${weekOf('$1::timestamptz')} - interval '${weeks - 1} weeks', ${weekOf('$1::timestamptz')}, interval '1 week') start
    left join questions q on ${visible}
      and q.asked_at >= start at time zone 'Europe/Amsterdam' and q.asked_at < (start + interval '1 week') at time zone 'Europe/Amsterdam'
    group by start
  ) w`

// A share of zero would say that nobody is there, so all four groups show or none does.
const byRole = `select case when count(*) = 4 then json_build_object(
    'practice', ${share('practice')}, 'policy', ${share('policy')}, 'coordination', ${share('coordination')}, 'knowledge', ${share('knowledge')}) end
  from (
    select p.role_kind, count(*)::numeric as people from people p
    where p.state = 'active' and p.role_kind in ('practice', 'policy', 'coordination', 'knowledge')
    group by p.role_kind having count(*) >= ${leastPeople}
  ) roles`

const measured = {
  name: 'measure-promise',
  text: `select json_build_object(
      'days', ${days},
      'questions', count(*),
      'answered', count(q.first_answer_at),
      'tooFew', count(*) < ${enoughQuestions},
      'firstAnswerMedian', json_build_object('clockHours', ${asHours(0.5, clockHours)}, 'officeHours', ${asHours(0.5, officeHours)}),
      'firstAnswerP80', json_build_object('clockHours', ${asHours(0.8, clockHours)}, 'officeHours', ${asHours(0.8, officeHours)}),
      'fourAnswersShare', round(avg((q.answers_first_day >= 4)::int) ${dayOld}, 3),
      'answersPerQuestion', round(avg(q.answer_count) ${dayOld}, 2),
      'weeks', (${byWeek}),
      'byRole', (${byRole}),
      'measuredAt', $1::timestamptz)::text as json
    from questions q where ${visible} and q.asked_at > $1::timestamptz - interval '${days} days'`,
}

/** The promise as it really is, over the last 30 days; the JSON of PromiseView. */
export async function measurePromise(db: Db, now: Date): Promise<string> {
  const rows = await readPublic<{ json: string }>(db, measured, [now])
  return one(rows).json
}
