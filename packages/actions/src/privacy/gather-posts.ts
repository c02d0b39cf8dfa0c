import type { Tx } from '@meedenk/db/connection'
import { sql } from 'drizzle-orm'

/** A question or answer of somebody who left, as far as its fate depends on it. */
export type LeftPost = {
  id: string
  kind: 'question' | 'answer'
  questionId: string
  /** Written under one's name; the others were sealed. */
  named: boolean
  /** Somebody else answered it, asked further about it or went on with it. */
  builtOn: boolean
}

/** Everything one person wrote in the channel of this transaction, named and sealed. */
export async function gatherPosts(tx: Tx, personId: string): Promise<LeftPost[]> {
  const { rows } = await tx.execute<LeftPost>(sql`
    with sealed as (select s.subject_id as id from sealed_authors s where s.person_id = ${personId})
    select q.id, 'question' as kind, q.id as "questionId", q.author_id is not null as named, exists (
        select from answers a where a.question_id = q.id and a.withdrawn_at is null and ${byAnother}) as "builtOn"
    from questions q where q.author_id = ${personId} or q.id in (select id from sealed)
    union all
    select o.id, 'answer', o.question_id, o.author_id is not null, o.helped_at is not null or exists (
        select from answers a where a.parent_id = o.id and a.withdrawn_at is null and ${byAnother})
    from answers o where o.author_id = ${personId} or o.id in (select id from sealed)`)
  return rows
}

const byAnother = sql`a.author_id is distinct from ctx.person_id() and a.id not in (select id from sealed)`
