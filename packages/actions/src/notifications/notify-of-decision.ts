import { actAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import { sql } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { processOnce } from '../process-once.ts'
import { addNotices } from './add-notices.ts'

type ForPost = { eventId: string; subjectId: string }

/** Tells the author, also a sealed one, that a post was hidden or restored, with the decision that says why. */
export function notifyOfDecision(context: Context<System>, { eventId, subjectId }: ForPost): Promise<boolean> {
  const { db, actor, now } = context
  // Without a decision the post was hidden by itself until somebody looks (UX 4.19); then the event is the subject.
  const author = sql`
    select p.id as person_id, f.channel_id, f.question_id, coalesce(d.id, f.id) as subject_id, d.id::text as because
    from events f
    left join questions q on q.id = f.subject_id
    left join answers a on a.id = f.subject_id
    left join sealed_authors s on s.subject_id = f.subject_id
    join people p on p.id = coalesce(q.author_id, a.author_id, s.person_id) and p.state <> 'stopped'
    left join lateral (
      select d.id from moderation_decisions d
      where d.subject_id = f.subject_id and d.decided_at between f.happened_at - interval '5 seconds' and f.happened_at + interval '5 seconds' and d.decision <> 'keep'
      order by d.decided_at desc limit 1) d on true
    where f.id = ${eventId} and f.subject_id = ${subjectId} and p.id is distinct from f.actor_id`
  return actAs(db, actor, (tx) =>
    processOnce(tx, { eventId, job: actor.job, now }, async () => {
      await addNotices(tx, context, 'post_decided', author)
    }),
  )
}

/** Tells an author that a moderator looked who wrote an anonymous post; the opening itself holds the reason. */
export function notifyOfOpenedSeal(context: Context<System>, { eventId, subjectId }: ForPost): Promise<boolean> {
  const { db, actor, now } = context
  const author = sql`
    select p.id as person_id, f.channel_id, coalesce(q.id, a.question_id) as question_id, o.id as subject_id, 'seal_opened' as because
    from events f
    join lateral (
      select o.id from seal_openings o where o.subject_id = f.subject_id and o.opened_at <= f.happened_at + interval '5 seconds'
      order by o.opened_at desc limit 1) o on true
    join sealed_authors s on s.subject_id = f.subject_id
    join people p on p.id = s.person_id and p.state <> 'stopped'
    left join questions q on q.id = f.subject_id
    left join answers a on a.id = f.subject_id
    where f.id = ${eventId} and f.subject_id = ${subjectId}`
  return actAs(db, actor, (tx) =>
    processOnce(tx, { eventId, job: actor.job, now }, async () => {
      await addNotices(tx, context, 'post_decided', author)
    }),
  )
}

/** Tells a member who reported a post what was decided; without an account there is nobody to tell here. */
export function notifyReporter(context: Context<System>, { eventId, subjectId }: ForPost): Promise<boolean> {
  const { db, actor, now } = context
  const reporter = sql`
    select p.id as person_id, r.channel_id, coalesce(q.id, a.question_id) as question_id, r.id as subject_id, d.id::text as because
    from reports r
    join people p on p.id = r.reporter_id and p.state <> 'stopped'
    left join questions q on q.id = r.subject_id
    left join answers a on a.id = r.subject_id
    join lateral (select d.id from moderation_decisions d where d.report_id = r.id order by d.decided_at desc limit 1) d on true
    where r.decided_at is not null and (r.id = ${subjectId} or r.id = (select d.report_id from moderation_decisions d where d.id = ${subjectId}))`
  return actAs(db, actor, (tx) =>
    processOnce(tx, { eventId, job: actor.job, now }, async () => {
      await addNotices(tx, context, 'report_decided', reporter)
    }),
  )
}
