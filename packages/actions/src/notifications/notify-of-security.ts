import { actAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import { sql } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { processOnce } from '../process-once.ts'
import { addNotices } from './add-notices.ts'

/** Tells a person at once that a way of signing in changed, that a new device came in, or that a session may have been stolen. */
export function notifyOfSecurity(context: Context<System>, { eventId }: { eventId: string }): Promise<boolean> {
  const { db, actor, now } = context
  const owner = sql`
    select p.id as person_id, f.channel_id, null::uuid as question_id, f.id as subject_id, f.type as because
    from events f
    join people p on p.state <> 'stopped' and p.id = coalesce(
      f.actor_id, (select s.person_id from sessions s where s.id = f.subject_id), (select o.id from people o where o.id = f.subject_id))
    where f.id = ${eventId} and (f.type <> 'session.started' or f.facts ->> 'newDevice' = 'true')`
  return actAs(db, actor, (tx) =>
    processOnce(tx, { eventId, job: actor.job, now }, async () => {
      await addNotices(tx, context, 'account_security', owner)
    }),
  )
}
