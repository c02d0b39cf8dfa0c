import type { Db, Tx } from '@meedenk/db/connection'
import { events } from '@meedenk/db/schema'
import type { Actor, Person } from '@meedenk/domain/actor'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { ProductError } from '@meedenk/domain/errors'
import type { EventType } from '@meedenk/domain/events'

/** What every action gets: where, who, when, and the request it belongs to. */
export type Context<Who extends Actor = Actor> = {
  db: Db
  actor: Who
  now: Date
  requestId: string | null
  idempotency?: { key: string; requestHash: Buffer } | null
}

type Fact = {
  type: EventType
  subjectId?: string | null
  questionId?: string | null
  channelId?: string
  /** Leave the actor out of the record, for anonymous acts: the log must not open the seal. */
  anonymous?: boolean
  facts?: Record<string, string | number | boolean | null>
}

/** Writes the event in the transaction of the fact: not written, not happened. Ids and numbers only, never content. */
export async function record(tx: Tx, context: Context, fact: Fact): Promise<void> {
  const { actor } = context
  await tx.insert(events).values({
    type: fact.type,
    channelId: fact.channelId ?? plazaId,
    actorId: actor.kind === 'person' && !fact.anonymous ? actor.personId : null,
    subjectId: fact.subjectId ?? null,
    questionId: fact.questionId ?? null,
    facts: fact.facts ?? {},
    requestId: context.requestId,
    happenedAt: context.now,
  })
}

/** The single row a statement must return. */
export function one<Row>(rows: Row[]): Row {
  const [row] = rows
  if (row === undefined) throw new ProductError('not_found')
  return row
}

/** Narrows to a signed-in person, or refuses. */
export function asPerson(context: Context): Context<Person> {
  const { actor } = context
  if (actor.kind !== 'person') throw new ProductError('sign_in_required')
  return { ...context, actor }
}
