import { actAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import { sql } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { insertNotices } from '../notifications/add-notices.ts'

/** After how many days the asker is asked what came of it, and until when that still makes sense. */
const days = [
  { day: 7, until: 21 },
  { day: 21, until: 60 },
]
const questionsPerRound = 500

/** Asks askers with an answer and without a yield what came of it, on day 7 and 21, each once; returns how many were asked. */
export async function askForYield(context: Context<System>): Promise<number> {
  let asked = 0
  for (const { day, until } of days) asked += await askOnDay(context, day, until)
  return asked
}

function askOnDay(context: Context<System>, day: number, until: number): Promise<number> {
  const { db, actor, now } = context
  const at = sql`${now.toISOString()}::timestamptz`
  // The event is the subject, because the same question asks twice.
  const askers = sql`
    select coalesce(q.author_id, s.person_id) as person_id, r.channel_id, r.question_id, f.id as subject_id, ${`day-${day}`} as because
    from reminded r
    join followed f on f.question_id = r.question_id
    join questions q on q.id = r.question_id
    left join sealed_authors s on s.subject_id = q.id
    join people p on p.id = coalesce(q.author_id, s.person_id) and p.state <> 'stopped'`
  return actAs(db, actor, async (tx) => {
    const { rowCount } = await tx.execute(sql`
      with due as (
        select q.id, q.channel_id from questions q
        where q.channel_id = (select ctx.channel_id()) and q.hidden_at is null and q.withdrawn_at is null
          and q.answer_count > 0 and q.yield_at is null
          and q.asked_at <= ${at} - make_interval(days => ${day}) and q.asked_at > ${at} - make_interval(days => ${until})
          and not exists (select from yield_reminders r where r.question_id = q.id and (r.day = ${day} or r.outcome = 'stop'))
        order by q.asked_at limit ${questionsPerRound} for update of q skip locked),
      reminded as (
        insert into yield_reminders (channel_id, question_id, day, asked_at)
        select channel_id, id, ${day}, ${at} from due on conflict do nothing returning channel_id, question_id),
      followed as (
        insert into events (type, channel_id, subject_id, question_id, facts, happened_at)
        select 'question.follow_up_due', channel_id, question_id, question_id, jsonb_build_object('day', ${day}::int), ${at} from reminded
        returning id, question_id)
      ${insertNotices('yield_asked', now, askers)}`)
    return rowCount ?? 0
  })
}
