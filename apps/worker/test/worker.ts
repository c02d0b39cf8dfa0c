import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '@meedenk/actions/context'
import type { OutboxEvent } from '@meedenk/actions/outbox'
import type { TestDatabase } from '@meedenk/db/test/database'
import type { Person, System } from '@meedenk/domain/actor'
import { plazaId } from '@meedenk/domain/channels/schemas'
import type { EventType } from '@meedenk/domain/events'
import type { Order, Tools } from '../src/define-job.ts'
import type { Mail } from '../src/mailer.ts'
import { ordersFor } from '../src/reactions.ts'
import { allJobs } from '../src/start-worker.ts'

export const testSecret = 'a secret that only tests use, long enough to pass'
export const testOrigin = 'http://localhost:3000'

/** Jobs on a real database with the outside world in hand: what is ordered and what is mailed is kept. */
export function givenTools(database: TestDatabase) {
  const clock = { now: null as Date | null }
  const mails: Mail[] = []
  const ordered: Order[] = []
  const tools: Tools = {
    db: database.worker,
    clock: () => clock.now ?? new Date(),
    secret: testSecret,
    origin: testOrigin,
    mailer: { send: async (mail) => void mails.push(mail), close: () => undefined },
    enqueue: async (orders) => void ordered.push(...orders),
  }
  const context = (job: string): Context<System> => ({
    db: database.worker,
    actor: { kind: 'system', job, channelId: plazaId },
    now: tools.clock(),
    requestId: null,
  })
  /** Runs what an event starts, twice, as a queue that delivers at least once may do; then the mail that is due. */
  const react = async (event: OutboxEvent) => {
    for (const { job, data } of ordersFor(event)) {
      await job.handle(tools, data)
      await job.handle(tools, data)
    }
    await run('send-due-mail')
  }
  const drain = async () => {
    for (let order = ordered.shift(); order; order = ordered.shift()) {
      await order.job.handle(tools, order.data)
      await order.job.handle(tools, order.data)
    }
  }
  const run = async (name: string, data: Record<string, unknown> = { channelId: plazaId }) => {
    await allJobs.get(name)?.handle(tools, data)
    await drain()
  }
  return { tools, clock, mails, ordered, context, react, drain, run }
}

type EventOptions = {
  actor?: Person | null
  subjectId?: string | null
  questionId?: string | null
  facts?: object
  at?: Date
}
/** An event in the outbox, as an action would record it. */
export async function givenEvent(
  { owner }: TestDatabase,
  type: EventType,
  options: EventOptions = {},
): Promise<OutboxEvent> {
  const { actor = null, subjectId = null, questionId = null, facts = {}, at = new Date() } = options
  const { rows } = await owner.query(
    'insert into events (type, channel_id, actor_id, subject_id, question_id, facts, happened_at) values ($1, $2, $3, $4, $5, $6, $7) returning id',
    [type, plazaId, actor?.personId ?? null, subjectId, questionId, facts, at],
  )
  return { eventId: rows[0].id, type, channelId: plazaId, actorId: actor?.personId ?? null, subjectId, questionId }
}

type NoticeRow = {
  person_id: string
  kind: string
  because: string | null
  state: string
  mail_due_at: Date | null
  mail_id: string | null
  subject_id: string
  question_id: string | null
}
export async function noticesOf({ owner }: TestDatabase, person: { personId: string }): Promise<NoticeRow[]> {
  const { rows } = await owner.query<NoticeRow>(
    'select * from notices where person_id = $1 order by added_at, kind, id',
    [person.personId],
  )
  return rows
}

/** Waits for something that another process or timer does. */
export async function until<Result>(
  look: () => Promise<Result | undefined | null | false>,
  withinMs = 20_000,
): Promise<Result> {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(25)) {
    const found = await look()
    if (found) return found
  }
  throw new Error('It did not happen in time')
}
