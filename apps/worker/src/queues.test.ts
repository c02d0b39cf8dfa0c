import { spawn, spawnSync } from 'node:child_process'
import { connect, createServer } from 'node:net'
import { givenDatabase } from '@meedenk/db/test/database'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { afterAll, describe, expect, it } from 'vitest'
import { givenTools, until } from '../test/worker.ts'
import type { Job } from './define-job.ts'
import { openQueues, type QueueStore, type Report } from './queues.ts'

const database = await givenDatabase()
const server = 'redis-server'
const silent: Report = { done: () => undefined, failed: () => undefined, broken: () => undefined }

async function findRedis(): Promise<QueueStore | null> {
  const url = process.env['REDIS_URL']
  if (url) return { redisUrl: url }
  if (spawnSync(server, ['--version']).status !== 0) return null
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
  const redis = spawn(
    server,
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--maxmemory-policy',
      'noeviction',
    ],
    { stdio: 'ignore' },
  )
  afterAll(() => void redis.kill())
  await until(
    async () =>
      new Promise<boolean>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => resolve(true))
        socket.on('error', () => resolve(false))
      }),
  )
  return { redisUrl: `redis://127.0.0.1:${port}` }
}

const redis = await findRedis()
if (!redis) console.warn('Redis is not here (no REDIS_URL, no redis-server): the queues are tested on PostgreSQL only.')
const stores: [string, QueueStore][] = [
  ['PostgreSQL', { postgresUrl: database.queueUrl }],
  ...(redis ? ([['Redis', redis]] as [string, QueueStore][]) : []),
]

describe.each(stores)('the queues on %s', (_name, store) => {
  it('run a job once however often it was ordered, and again when it failed', async () => {
    const { tools } = givenTools(database)
    const ran: string[] = []
    const job: Job = {
      name: 'try-again',
      room: 'questions',
      async handle(_tools, data) {
        ran.push(String((data as { word: string }).word))
        if (ran.length === 1) throw new Error('not yet')
      },
    }
    const queues = await openQueues(store)
    const id = `${crypto.randomUUID()}-try-again`
    await queues.enqueue([{ job, id, data: { channelId: plazaId, word: 'a' } }])
    await queues.enqueue([{ job, id, data: { channelId: plazaId, word: 'a' } }])

    queues.work(tools, new Map([[job.name, job]]), silent)
    await until(async () => ran.length >= 2)
    await until(async () => (await queues.waiting()).questions === 0)
    await queues.close()

    expect(ran).toEqual(['a', 'a'])
  })

  it('take a job within a moment', async () => {
    const { tools } = givenTools(database)
    const tookMs: number[] = []
    const job: Job = {
      name: 'be-quick',
      room: 'people',
      handle: async (_tools, data) => void tookMs.push(performance.now() - (data as { at: number }).at),
    }
    const queues = await openQueues(store)
    queues.work(tools, new Map([[job.name, job]]), silent)
    await new Promise((resolve) => setTimeout(resolve, 500))

    for (let i = 0; i < 5; i++) {
      await queues.enqueue([{ job, id: `${crypto.randomUUID()}-be-quick`, data: { at: performance.now() } }])
      await until(async () => tookMs.length > i)
    }
    await queues.close()

    expect(Math.max(...tookMs)).toBeLessThan(10_000)
    console.log(`queue latency ms: ${tookMs.map((ms) => ms.toFixed(0)).join(' ')}`)
  })
})
