import { actAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import { sql } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { processOnce } from '../process-once.ts'
import { addNotices } from './add-notices.ts'

type ForAnswer = { eventId: string; answerId: string }

/** Tells the asker of an answer, and the asker and the answerer of a follow-up; sealed people too, never the writer. */
export function notifyOfAnswer(context: Context<System>, { eventId, answerId }: ForAnswer): Promise<boolean> {
  const { db, actor, now } = context
  return actAs(db, actor, (tx) =>
    processOnce(tx, { eventId, job: actor.job, now }, async () => {
      await addNotices(tx, context, 'answer_posted', toldOfAnswer(answerId))
      await addNotices(tx, context, 'follow_up_posted', toldOfFollowUp(answerId))
    }),
  )
}

const visible = (answerId: string) =>
  sql`a.id = ${answerId} and a.hidden_at is null and a.withdrawn_at is null and q.hidden_at is null and q.withdrawn_at is null`
/** Writers of posts by their id, named or sealed. */
const writerOf = (post: 'a' | 'q' | 'parent') => {
  const alias = sql.raw(post)
  return sql`coalesce(${alias}.author_id, (select s.person_id from sealed_authors s where s.subject_id = ${alias}.id))`
}

const toldOfAnswer = (answerId: string) => sql`
  select p.id as person_id, a.channel_id, a.question_id, a.id as subject_id, null::text as because
  from answers a
  join questions q on q.id = a.question_id
  join people p on p.id = ${writerOf('q')} and p.state <> 'stopped'
  where ${visible(answerId)} and a.parent_id is null and p.id is distinct from ${writerOf('a')}`

const toldOfFollowUp = (answerId: string) => sql`
  select distinct p.id as person_id, a.channel_id, a.question_id, a.id as subject_id, null::text as because
  from answers a
  join questions q on q.id = a.question_id
  join answers parent on parent.id = a.parent_id
  join people p on p.id in (${writerOf('q')}, ${writerOf('parent')}) and p.state <> 'stopped'
  where ${visible(answerId)} and p.id is distinct from ${writerOf('a')}`
