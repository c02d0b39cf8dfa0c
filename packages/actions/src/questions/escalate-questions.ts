import { actAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import {
  defaultEscalation,
  type EscalationPlan,
  type EscalationStep,
  escalationDaysMax,
} from '@meedenk/domain/questions/escalation'
import { escalationSteps } from '@meedenk/domain/questions/schemas'
import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { insertNotices } from '../notifications/add-notices.ts'

const questionsPerRound = 100

/** Takes the steps that silent questions are due for, each step once; returns how many were taken. */
export async function escalateQuestions(
  context: Context<System>,
  plan: EscalationPlan = defaultEscalation,
): Promise<number> {
  let taken = 0
  // One after the other, so that a later step never asks whom an earlier one asked just now.
  for (const step of escalationSteps) taken += await takeStep(context, step, plan)
  return taken
}

/** One statement: due questions, whom to ask, their notices, the step itself, the count on the question and the event. */
function takeStep(context: Context<System>, step: EscalationStep, plan: EscalationPlan): Promise<number> {
  const { db, actor, now } = context
  const at = sql`${now.toISOString()}::timestamptz`
  const { peopleMax } = plan[step]
  const isDuty = step === 'guardian' || step === 'facilitator'
  const asked = sql`select person_id, channel_id, question_id, question_id as subject_id, ${step} as because from chosen`
  return actAs(db, actor, async (tx) => {
    const { rowCount } = await tx.execute(sql`
      with due as (${dueQuestions(step, plan, at)}),
      candidates as (${candidates[step]}),
      allowed as (${isDuty ? dutyHolders : withinBudget(at)}),
      chosen as (select * from (
        select *, row_number() over (partition by question_id order by nearness, person_id) as place from allowed) ranked where place <= ${peopleMax}),
      noticed as (${insertNotices(isDuty ? 'question_escalated' : 'question_invited', now, asked)}),
      counted as (select due.*, (select count(*)::int from noticed n where n.question_id = due.id) as people from due),
      stepped as (
        insert into escalations (channel_id, question_id, step, taken_at, people)
        select channel_id, id, ${step}, ${at}, people from counted on conflict do nothing returning question_id),
      told as (update questions q set people_asked = q.people_asked + c.people from counted c where q.id = c.id and c.people > 0)
      insert into events (type, channel_id, subject_id, question_id, facts, happened_at)
      select 'question.escalated', channel_id, id, id, jsonb_build_object('step', ${step}::text, 'people', people), ${at}
      from counted where id in (select question_id from stepped)`)
    return rowCount ?? 0
  })
}

/** The same thresholds as dueSteps in the domain. */
const dueQuestions = (step: EscalationStep, plan: EscalationPlan, at: SQL) => sql`
  select q.id, q.channel_id, q.only_region, q.asked_at,
    coalesce(q.author_id, (select s.person_id from sealed_authors s where s.subject_id = q.id)) as asker_id
  from questions q
  where q.channel_id = (select ctx.channel_id()) and q.hidden_at is null and q.withdrawn_at is null and q.closed_at is null
    and q.answer_count < ${plan[step].fewerAnswersThan}
    and q.asked_at <= ${at} - make_interval(secs => ${plan[step].afterHours * 3600}) and q.asked_at >= ${at} - make_interval(days => ${escalationDaysMax})
    and not exists (select from escalations e where e.question_id = q.id and e.step = ${step})
  order by q.asked_at limit ${questionsPerRound} for update of q skip locked`

const inAskedRegion = sql`(due.only_region is null or p.region_code in (
  select other.code from regions asked join regions other on other.region = asked.region where asked.code = due.only_region))`

/** Who may be asked at each step; `nearness` says who first. */
const candidates: Record<EscalationStep, SQL> = {
  neighbours: sql`
    select due.id as question_id, due.channel_id, due.asked_at, e.person_id, min(n.distance)::float as nearness
    from due
    join question_themes qt on qt.question_id = due.id
    join theme_neighbours n on n.theme_id = qt.theme_id
    join person_expertises e on e.theme_id = n.neighbour_id
    join people p on p.id = e.person_id and p.state = 'active'
    where p.id is distinct from due.asker_id and ${inAskedRegion}
    group by due.id, due.channel_id, due.asked_at, e.person_id`,
  helpers: sql`
    select due.id as question_id, due.channel_id, due.asked_at, h.person_id, h.nearness
    from due cross join lateral (
      select p.id as person_id, row_number() over (order by count(*) filter (where here.theme_id is not null) desc, count(*) desc)::float as nearness
      from answers a
      left join sealed_authors s on s.subject_id = a.id
      join people p on p.id = coalesce(a.author_id, s.person_id) and p.state = 'active'
      left join lateral (
        select qt.theme_id from question_themes qt join question_themes mine on mine.theme_id = qt.theme_id and mine.question_id = due.id
        where qt.question_id = a.question_id limit 1) here on true
      where a.helped_at is not null and a.hidden_at is null and a.withdrawn_at is null
        and p.id is distinct from due.asker_id and ${inAskedRegion}
      group by p.id order by nearness limit 50
    ) h`,
  guardian: sql`
    select due.id as question_id, due.channel_id, due.asked_at, p.id as person_id, 0::float as nearness
    from due
    join question_themes qt on qt.question_id = due.id
    join themes t on t.id = qt.theme_id
    join people p on p.id = t.guardian_id and p.state = 'active'
    where p.id is distinct from due.asker_id
    group by due.id, due.channel_id, due.asked_at, p.id`,
  facilitator: sql`
    select due.id as question_id, due.channel_id, due.asked_at, p.id as person_id, 0::float as nearness
    from due join people p on p.platform_role <> 'member' and p.state = 'active'
    where p.id is distinct from due.asker_id`,
}

/** A guardian or facilitator is asked by duty, also when the question reached them as an expert; never twice by duty. */
const dutyHolders = sql`
  select c.* from candidates c
  where not exists (select from notices n where n.person_id = c.person_id and n.kind = 'question_escalated' and n.subject_id = c.question_id)`

/** Nobody gets more invitations in seven days than they chose, nor a second notice of the same question. */
const withinBudget = (at: SQL) => sql`
  select fresh.question_id, fresh.channel_id, fresh.person_id, fresh.nearness
  from (
    select c.*, row_number() over (partition by c.person_id order by c.asked_at, c.question_id) as turn
    from candidates c
    where not exists (select from notices n where n.person_id = c.person_id and n.question_id = c.question_id and n.channel_id = c.channel_id)
  ) fresh
  join people p on p.id = fresh.person_id
  where fresh.turn + (
    select count(*) from notices n
    where n.person_id = fresh.person_id and n.kind = 'question_invited' and n.added_at > ${at} - interval '7 days') <= p.nudges_per_week`
