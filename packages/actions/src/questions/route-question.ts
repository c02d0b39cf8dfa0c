import type { Tx } from '@meedenk/db/connection'
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
export function routeQuestion(
  context: Context<System>,
  { eventId, questionId }: { eventId: string; questionId: string },
): Promise<boolean> {
  const { db, actor, now } = context
  return actAs(db, actor, (tx) =>
    processOnce(tx, { eventId, job: actor.job, now }, async () => {
      const asked = await readAsked(tx, questionId)
      if (!asked) return
      // A question for very many people may take longer than anything else does.
      await tx.execute(sql`set local statement_timeout = '120s'`)
      const { rows } = await tx.execute<{ people: number }>(sql`
        with routed as (${insertNotices('question_routed', now, matchingExperts(asked))}),
        counted as (
          update questions set people_asked = people_asked + (select count(*) from routed)
          where id = ${questionId} and exists (select from routed)
        )
        select count(*)::int as people from routed`)
      if (!rows[0]?.people) return
      const added = { type: 'notices.added', channelId: actor.channelId, subjectId: questionId, questionId } as const
      await record(tx, context, added)
    }),
  )
}

type Asked = {
  id: string
  channel_id: string
  asker_id: string | null
  only_region: string | null
  /** A PostgreSQL array as text. */
  themes: string
}

/** What routing goes by; undefined when there is nothing to route any more. */
async function readAsked(tx: Tx, questionId: string): Promise<Asked | undefined> {
  const { rows } = await tx.execute<Asked>(sql`
    select q.id, q.channel_id, q.only_region,
      coalesce(q.author_id, (select s.person_id from sealed_authors s where s.subject_id = q.id)) as asker_id,
      array(select qt.theme_id from question_themes qt where qt.question_id = q.id)::text as themes
    from questions q where q.id = ${questionId} and q.hidden_at is null and q.withdrawn_at is null`)
  return rows[0]
}

/** The themes are values and no join, so that PostgreSQL knows how few people they have and looks at those only. */
const matchingExperts = ({ id, channel_id, asker_id, only_region, themes }: Asked) => sql`
  select e.person_id, ${channel_id}::uuid as channel_id, ${id}::uuid as question_id, ${id}::uuid as subject_id,
    string_agg(t.slug, ' ' order by t.position, t.slug) as because
  from person_expertises e
  join themes t on t.id = e.theme_id
  join people p on p.id = e.person_id and p.state = 'active'
  where e.theme_id = any (${themes}::uuid[]) and p.id is distinct from ${asker_id}::uuid
    and ${
      only_region === null
        ? sql`true`
        : sql`p.region_code in (
            select other.code from regions asked join regions other on other.region = asked.region where asked.code = ${only_region})`
    }
  group by e.person_id`
