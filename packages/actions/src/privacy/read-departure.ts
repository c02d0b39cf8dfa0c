import type { Tx } from '@meedenk/db/connection'
import { actAs } from '@meedenk/db/tenancy'
import type { DepartureView } from '@meedenk/domain/privacy/schemas'
import { sql } from 'drizzle-orm'
import { asPerson, type Context, one } from '../context.ts'

/** Whether one is stopping, and what stopping would do to what one wrote. */
export function readDeparture(context: Context): Promise<DepartureView> {
  const { db, actor } = asPerson(context)
  return actAs(db, actor, async (tx) => {
    const { rows } = await tx.execute<Omit<DepartureView, 'ownedChannels'>>(sql`
      with own_questions as (
        select q.id from questions q where (q.author_id = ${actor.personId} or q.id = any ((select ctx.my_sealed())::uuid[]))
      ), own_answers as (
        select a.id, a.helped_at from answers a where (a.author_id = ${actor.personId} or a.id = any ((select ctx.my_sealed())::uuid[]))
      )
      select
        (select json_build_object('contributions', d.contributions, 'requestedAt', d.requested_at, 'dueAt', d.due_at)
          from departures d where d.person_id = ${actor.personId}) as planned,
        (select json_build_object('total', count(*), 'builtOn', count(*) filter (where exists (
            select from answers x where x.question_id = o.id and x.withdrawn_at is null and not x.by_asker and not exists (select from own_answers w where w.id = x.id))))
          from own_questions o) as questions,
        (select json_build_object('total', count(*), 'builtOn', count(*) filter (where o.helped_at is not null or exists (
            select from answers x where x.parent_id = o.id and x.withdrawn_at is null and not exists (select from own_answers w where w.id = x.id))))
          from own_answers o) as answers`)
    return { ...one(rows), ownedChannels: await readOwnedChannels(tx, actor.personId) }
  })
}

/** The names of the channels of which this person is the only owner. */
export async function readOwnedChannels(tx: Tx, personId: string): Promise<string[]> {
  const { rows } = await tx.execute<{ name: string }>(sql`
    select c.name from channel_members m join channels c on c.id = m.channel_id
    where m.person_id = ${personId} and m.role = 'owner' and not exists (
      select from channel_members other where other.channel_id = m.channel_id and other.role = 'owner' and other.person_id <> m.person_id)
    order by c.name`)
  return rows.map(({ name }) => name)
}
