import { readFileSync } from 'node:fs'
import pg from 'pg'
import { connect } from '@meedenk/db/connection'
import { postAnswer } from './src/questions/post-answer.ts'
const u = JSON.parse(readFileSync('/tmp/b1/urls.json','utf8'))
const own = connect({ url: u.ownerUrl.replace(/\/postgres$/, '/b1') }).pool
const api = connect({ url: u.apiUrl, connectionsMax: 1 })
const some = (await own.query('select distinct question_id as id from answers limit 500')).rows
const people = (await own.query('select id from people limit 200')).rows
const T: Record<string, number[]> = {}
const orig = pg.Client.prototype.query as any
;(pg.Client.prototype as any).query = function (q: any, ...rest: any[]) {
  const name = (q?.name ?? q?.text ?? String(q)).slice(0, 40)
  const s = performance.now()
  const r = orig.call(this, q, ...rest)
  if (r?.then) r.then(() => (T[name] ??= []).push(performance.now() - s), () => {})
  return r
}
console.log(api.pool.totalCount)
let tot: number[] = []
for (let i = 0; i < 300; i++) {
  const s = performance.now()
  await postAnswer({ db: api, actor: { kind: 'person', personId: people[i%200].id, sessionId: 'x', level: 1, platformRole: 'member', state: 'active' }, now: new Date(), requestId: 'r', idempotency: { key: `k-${i}-${Date.now()}`, requestHash: Buffer.alloc(32) } }, some[i%500].id, { body: 'Een antwoord. '.repeat(20), perspective: 'practice', anonymous: false, referral: null })
  tot.push(performance.now() - s); if (i%60===0) console.log(i, tot[i])
}
const med = (a: number[]) => a.slice(50).sort((x,y)=>x-y)[(a.length-50)>>1]?.toFixed(2)
for (const [k, v] of Object.entries(T)) console.log(k.padEnd(42), v.length, med(v))
console.log('total', med(tot))

import { withSchema } from '@meedenk/db/connection'
const c = await api.pool.connect()
const s0 = performance.now(); for (let i=0;i<300;i++) withSchema(c); console.log('withSchema', (performance.now()-s0)/300)
process.exit(0)
