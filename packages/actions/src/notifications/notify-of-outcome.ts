import { actAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { processOnce } from '../process-once.ts'
import { addNotices } from './add-notices.ts'

type Outcome = { eventId: string } & ({ answerId: string } | { questionId: string })

/** Tells people what their thinking along did: one answerer that it helped, or all answerers what it yielded. */
export function notifyOfOutcome(context: Context<System>, outcome: Outcome): Promise<boolean> {
  const { db, actor, now } = context
  return actAs(db, actor, (tx) =>
    processOnce(tx, { eventId: outcome.eventId, job: actor.job, now }, async () => {
      if ('answerId' in outcome) await addNotices(tx, context, 'answer_helped', answererOf(outcome.answerId))
      else await addNotices(tx, context, 'yield_shared', answerersOf(outcome.questionId))
    }),
  )
}

const answererOf = (answerId: string): SQL => sql`
  select p.id as person_id, a.channel_id, a.question_id, a.id as subject_id, null::text as because
  ${answerers}
  where a.id = ${answerId} and a.helped_at is not null and ${visible}`

const answerersOf = (questionId: string): SQL => sql`
  select distinct p.id as person_id, a.channel_id, a.question_id, a.question_id as subject_id, null::text as because
  ${answerers}
  join yields y on y.question_id = q.id
  left join sealed_authors asked on asked.subject_id = q.id
  where a.question_id = ${questionId} and a.parent_id is null and ${visible}
    and p.id is distinct from coalesce(q.author_id, asked.person_id)`

const answerers = sql`
  from answers a
  join questions q on q.id = a.question_id
  left join sealed_authors s on s.subject_id = a.id
  join people p on p.id = coalesce(a.author_id, s.person_id) and p.state <> 'stopped'`

const visible = sql`a.hidden_at is null and a.withdrawn_at is null and q.hidden_at is null and q.withdrawn_at is null`
