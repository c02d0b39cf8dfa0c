import type { Context } from '@meedenk/actions/context'
import { connect, type Db } from '@meedenk/db/connection'
import type { Person } from '@meedenk/domain/actor'
import { plazaId } from '@meedenk/domain/channels/schemas'
import type { EventType } from '@meedenk/domain/events'
import type { Tools } from '@meedenk/worker/define-job'
import { ordersFor } from '@meedenk/worker/reactions'
import pg from 'pg'
import type { DatabaseUrls } from './database.ts'

/** Where the demo plays: people act through the product's own actions, and what follows happens at the same moment. */
export type Stage = {
  api: Db
  worker: Db
  /** The owner, for the few things no action does: who moderates, who guards a theme. */
  owner: pg.Pool
  as(personId: string, now: Date): Context<Person>
  /** Does something in the name of a person and then everything the worker would do about it, on the clock of that moment. */
  act<Result>(personId: string, now: Date, work: (context: Context<Person>) => Promise<Result>): Promise<Result>
  end(): Promise<void>
}

type Found = {
  id: string
  type: EventType
  channel_id: string
  actor_id: string
  subject_id: string
  question_id: string
}

/** Opens the connections; nothing is mailed from here. */
export function openStage({ apiUrl, workerUrl, ownerUrl }: DatabaseUrls): Stage {
  const api = connect({ url: inHaste(apiUrl), connectionsMax: 8 })
  const worker = connect({ url: inHaste(workerUrl), connectionsMax: 4 })
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 })
  // A stopping server must not take the process along.
  owner.on('error', () => undefined)
  let acts = 0
  const as: Stage['as'] = (personId, now) => {
    const actor: Person = {
      kind: 'person',
      personId,
      sessionId: personId,
      level: 1,
      platformRole: 'member',
      state: 'active',
    }
    return { db: api, actor, now, requestId: `demo-${++acts}` }
  }
  return {
    api,
    worker,
    owner,
    as,
    async act(personId, now, work) {
      const context = as(personId, now)
      const result = await work(context)
      const { rows } = await owner.query<Found>('select * from events where request_id = $1 order by id', [
        context.requestId,
      ])
      for (const event of rows) await react(worker, event, now)
      return result
    },
    end: async () => {
      await Promise.all([api.end(), worker.end(), owner.end()])
    },
  }
}

/** Thousands of small commits are not waited for one by one; the last, on a connection of its own, is. */
function inHaste(url: string): string {
  const hasty = new URL(url)
  hasty.searchParams.set('options', '-c synchronous_commit=off -c statement_timeout=30000 -c timezone=UTC')
  return hasty.href
}

async function react(worker: Db, event: Found, now: Date) {
  const noMail = { send: async () => undefined, close: () => undefined }
  const tools: Tools = {
    db: worker,
    clock: () => now,
    secret: '',
    origin: '',
    mailer: noMail,
    enqueue: async () => undefined,
  }
  const {
    id: eventId,
    type,
    channel_id: channelId,
    actor_id: actorId,
    subject_id: subjectId,
    question_id: questionId,
  } = event
  for (const { job, data } of ordersFor({ eventId, type, channelId, actorId, subjectId, questionId })) {
    if (job.name !== 'send-due-mail') await job.handle(tools, data)
  }
}

/** The worker may already run: until `release` its relay and rounds leave the demo alone, and after it they go on behind it. */
export async function holdWorker({ owner }: Stage, rounds: string[]): Promise<{ release(): Promise<void> }> {
  await owner.query(
    `insert into rounds (name, last_run_at, runs) select name, now(), 0 from unnest($1::text[]) name
     on conflict (name) do update set last_run_at = now()`,
    [rounds],
  )
  await owner.query(
    `insert into cursors (name, xid, id) values ('relay', '0', '00000000-0000-0000-0000-000000000000') on conflict do nothing`,
  )
  const client = await owner.connect()
  await client.query('begin')
  await client.query(`select from cursors where name = 'relay' for update`)
  return {
    release: async () => {
      await client.query(
        `update cursors c set xid = last.xid, id = last.id
         from (select xid, id from events where channel_id = $1 order by xid desc, id desc limit 1) last where c.name = 'relay'`,
        [plazaId],
      )
      await client.query('commit')
      client.release()
    },
  }
}
