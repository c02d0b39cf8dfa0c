import { fork } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { givenDatabase } from '@meedenk/db/test/database'
import { givenQuestion } from '@meedenk/db/test/factories'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { it } from 'vitest'
import { givenApi } from './api.ts'
const database = await givenDatabase()
const api = await givenApi(database)
const base = await api.app.listen({ host: '127.0.0.1', port: 0 })
it('measures', async () => {
  const gc = async () => { for (let i = 0; i < 4; i++) { (globalThis as { gc?: () => void }).gc?.(); await sleep(200) } return process.memoryUsage() }
  const question = await givenQuestion(database)
  for (const n of [50, 1000, 3000]) {
    const before = await gc()
    const child = fork('/tmp/sse-clients.mjs', [`${base}/api/v1/stream?question=${question.id}`, String(n)])
    await new Promise<void>((resolve) => child.once('message', () => resolve()))
    const after = await gc()
    console.log(n, 'rss kB each', ((after.rss - before.rss) / n / 1024).toFixed(1), 'heap kB each', ((after.heapUsed - before.heapUsed) / n / 1024).toFixed(1), 'external', ((after.external - before.external) / n / 1024).toFixed(1))
    for (let i = 0; i < 3; i++) {
      const heard = i === 0 ? new Promise<{ at: number }>((resolve) => child.once('message', (m) => resolve(m as { at: number }))) : null
      const at = Date.now()
      await database.owner.query(`insert into events (type, channel_id, question_id, happened_at) values ('answer.posted', $1, $2, now())`, [plazaId, question.id])
      await database.owner.query(`select pg_notify('meedenk_signals', 'x')`)
      if (heard) console.log(n, 'last heard after', (await heard).at - at, 'ms')
    }
    child.kill(); await sleep(500)
  }
}, 120000)
