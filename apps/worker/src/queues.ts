import { createPostgresBackend, type PgQueryable, Queue, runMigrations, Worker, type WorkerOptions } from 'bullmq'
import pg from 'pg'
import { type Job, type Order, type Room, rooms, type Tools } from './define-job.ts'

export type QueueStore = { postgresUrl: string } | { redisUrl: string }
export type Report = {
  done(room: Room, job: string, seconds: number): void
  failed(room: Room, job: string, error: Error, isLast: boolean): void
  broken(error: Error): void
}
export type Queues = {
  enqueue(orders: Order[]): Promise<void>
  /** Starts taking jobs; without it this process only puts them in. */
  work(tools: Tools, jobs: ReadonlyMap<string, Job>, report: Report): void
  waiting(): Promise<Record<Room, number>>
  close(): Promise<void>
}

const schema = 'bullmq'
const chunk = 500
const few = 8
const concurrency: Record<Room, number> = { people: 4, questions: 4, notifications: 6, moderation: 2, privacy: 1 }
const jobOptions = {
  attempts: 8,
  // Half of the wait is chance, so that all who failed together do not come back together.
  backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
  removeOnComplete: { age: 3600, count: 1000 },
  // What failed for good stays a week for a person to look at; the sweeper and the rounds try it again by themselves.
  removeOnFail: { age: 7 * 86_400, count: 5000 },
}

/** One queue per room, on PostgreSQL or on Redis; which one makes no difference to anything else. */
export async function openQueues(store: QueueStore, { stalledMs = 30_000 } = {}): Promise<Queues> {
  const connection = 'redisUrl' in store ? onRedis(store.redisUrl) : await onPostgres(store.postgresUrl)
  const queues = new Map(rooms.map((room) => [room, connection.queue(room)]))
  const workers: Worker[] = []
  for (const queue of queues.values()) queue.on('error', () => undefined)
  return {
    async enqueue(orders) {
      for (const [room, queue] of queues) {
        const jobs = orders
          .filter(({ job }) => job.room === room)
          .map(({ job, id, data }) => ({ name: job.name, data, opts: { ...jobOptions, jobId: id } }))
        // On PostgreSQL a batch costs a temporary table, so a few go one by one.
        if (jobs.length <= few) await Promise.all(jobs.map(({ name, data, opts }) => queue.add(name, data, opts)))
        else
          for (let start = 0; start < jobs.length; start += chunk) await queue.addBulk(jobs.slice(start, start + chunk))
      }
    },
    work(tools, jobs, report) {
      for (const room of rooms)
        workers.push(
          connection.worker(room, takeWith(tools, jobs, report, room), {
            concurrency: concurrency[room],
            stalledInterval: stalledMs,
            lockDuration: stalledMs,
          }),
        )
      for (const worker of workers) {
        worker.on('error', report.broken)
        worker.on('failed', (job, error) =>
          report.failed(
            worker.name as Room,
            job?.name ?? 'unknown',
            error,
            (job?.attemptsMade ?? 0) >= (job?.opts.attempts ?? 1),
          ),
        ) // Workers are made per room, just above.
      }
    },
    async waiting() {
      const counts = await Promise.all(
        [...queues].map(
          async ([room, queue]) =>
            [room, await queue.getJobCountByTypes('waiting', 'active', 'delayed', 'prioritized')] as const,
        ),
      )
      return Object.fromEntries(counts) as Record<Room, number> // The same rooms went in.
    },
    async close() {
      await Promise.allSettled(workers.map((worker) => worker.close()))
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()))
      await connection.close()
    },
  }
}

type Handler = (job: { name: string; data: unknown }) => Promise<void>
const takeWith =
  (tools: Tools, jobs: ReadonlyMap<string, Job>, report: Report, room: Room): Handler =>
  async ({ name, data }) => {
    const startedAt = performance.now()
    // A job of a newer version than this process waits for one that knows it.
    const job = jobs.get(name)
    if (!job) throw new Error(`Unknown job ${name}`)
    await job.handle(tools, data)
    report.done(room, name, (performance.now() - startedAt) / 1000)
  }

type Connection = {
  queue(room: Room): Queue
  worker(room: Room, handler: Handler, options: Omit<WorkerOptions, 'connection'>): Worker
  close(): Promise<void>
}

async function onPostgres(url: string): Promise<Connection> {
  // BullMQ keeps one connection per worker to listen on; the rest serve the queries of all.
  const pool = new pg.Pool({
    connectionString: url,
    max: rooms.length + 8,
    connectionTimeoutMillis: 5000,
    options: `-c search_path=${schema} -c statement_timeout=10000`,
  })
  pool.on('error', () => undefined)
  const client = await pool.connect()
  try {
    // The schema exists and the role of the queues may make no others, so BullMQ's attempt to make it is left out.
    const query = (text: string, values?: unknown[]) =>
      client.query(/^create schema/i.test(text) ? 'select' : text, values)
    await runMigrations({ query } as PgQueryable, schema) // Its query promises rows of any shape.
  } finally {
    client.release()
  }
  return {
    queue: (room) => new Queue(room, { connection: pool }, createPostgresBackend) as unknown as Queue, // The two backends differ in type only by their connection.
    worker: (room, handler, options) =>
      new Worker(room, handler, { ...options, connection: pool }, createPostgresBackend) as unknown as Worker,
    close: () => pool.end(),
  }
}

function onRedis(url: string): Connection {
  const connection = { url, maxRetriesPerRequest: null }
  return {
    // A producer says at once that Redis is away; the relay then tries again by itself.
    queue: (room) => new Queue(room, { connection: { url, maxRetriesPerRequest: 1, enableOfflineQueue: false } }),
    worker: (room, handler, options) => new Worker(room, handler, { ...options, connection }),
    close: async () => undefined,
  }
}
