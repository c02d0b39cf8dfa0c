import { actAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import { sql } from 'drizzle-orm'
import { type Context, record } from '../context.ts'
import { insertNotices } from '../notifications/add-notices.ts'
import { processOnce } from '../process-once.ts'

/**
 * Gives every active member with an expertise in the question's themes one notice, in one statement: whatever crashes,
 * nobody is missed and nobody is asked twice. Its cost grows with the matching members only.
 */
export function routeQuestion(context: Context<System>, { eventId, questionId }: { eventId: string; questionId: string }): Promise<boolean> {
  const { db, actor, now } = context
  return actAs(db, actor, (tx) =>
    processOnce(tx, { eventId, job: actor.job, now }, async () => {
      const { rows } = await tx.execute<{ people: number }>(sql`
        with routed as (${insertNotices('question_routed', now, matchingExperts(questionId))}),
        counted as (
          update questions set people_asked = people_asked + (select count(*) from routed)
          where id = ${questionId} and exists (select from routed)
        )
        select count(*)::int as people from routed`)
      if (!rows[0]?.people) return
      await record(tx, context, { type: 'notices.added', channelId: actor.channelId, subjectId: questionId, questionId })
    }),
  )
}

const matchingExperts = (questionId: string) => sql`
  select e.person_id, q.channel_id, q.id as question_id, q.id as subject_id, string_agg(t.slug, ' ' order by t.position, t.slug) as because
  from questions q
  join question_themes qt on qt.question_id = q.id
  join themes t on t.id = qt.theme_id
  join person_expertises e on e.theme_id = qt.theme_id
  join people p on p.id = e.person_id and p.state = 'active'
  where q.id = ${questionId} and q.hidden_at is null and q.withdrawn_at is null
    and p.id is distinct from q.author_id
    and not exists (select from sealed_authors s where s.subject_id = q.id and s.person_id = p.id)
    and (q.only_region is null or p.region_code in (
      select other.code from regions asked join regions other on other.region = asked.region where asked.code = q.only_region))
  group by e.person_id, q.channel_id, q.id`
