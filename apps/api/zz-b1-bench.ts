// run from apps/api: compares full stack with bare ceiling, interleaved
import { readFileSync } from 'node:fs'

import { connect } from '@meedenk/db/connection'
import { buildApp } from './src/app.ts'
import { accessCookie } from './src/plugins/session.ts'
import http from 'node:http'
const u = JSON.parse(readFileSync('/tmp/b1/urls.json','utf8'))
const db = connect({ url: u.apiUrl, connectionsMax: 10 })
const owner = connect({ url: u.ownerUrl.replace(/\/postgres$/, '/b1'), connectionsMax: 10 }).pool
const app = await buildApp({ db, secret: 'x'.repeat(40), origin: 'http://localhost', clock: () => new Date(), production: true, rateLimitPerMinute: 1e9 } as any)
const base = await app.listen({ host: '127.0.0.1', port: 0 })
import fastify from 'fastify'
const bare = fastify()
const qs = (await owner.query('select id, number from questions where answer_count = 5 and number % 2 = 0 order by random() limit 2000')).rows
const some = (await owner.query('select distinct question_id as id from answers limit 5000')).rows
const bareText = `select json_build_object('id',q.id,'number',q.number,'slug',q.slug,'title',q.title,'body',q.body,'askedAt',q.asked_at,'name',p.name,'handle',p.handle,
 'answers',(select json_agg(json_build_object('id',a.id,'body',a.body,'postedAt',a.posted_at,'perspective',a.perspective,'name',w.name,'handle',w.handle) order by a.posted_at) from answers a left join people w on w.id=a.author_id where a.question_id=q.id))::text as json from questions q left join people p on p.id=q.author_id where q.id=$1`
bare.get('/q/:id', async (req, reply) => { const r = await owner.query({ name: 'bq', text: bareText, values: [(req.params as any).id] }); return reply.type('application/json').send(r.rows[0].json) })
await bare.register(async () => {})
const listText = `select json_build_object('id',q.id,'number',q.number,'slug',q.slug,'title',q.title,'askedAt',q.asked_at,'name',p.name,'answers',q.answer_count)::text as json from question_themes qt join questions q on q.id=qt.question_id left join people p on p.id=q.author_id where qt.theme_id=$1 and qt.state='waiting' order by qt.asked_at, qt.question_id limit 20`
const themes = (await owner.query('select id, slug from themes')).rows
bare.get('/l/:id', async (req, reply) => { const r = await owner.query({ name: 'bl', text: listText, values: [(req.params as any).id] }); return reply.type('application/json').send('['+r.rows.map((x:any)=>x.json).join(',')+']') })
bare.post('/w', async (req, reply) => { const b = req.body as any; const r = await owner.query({ name: 'bw', text: `with e as (insert into events (type,channel_id,actor_id,subject_id,question_id,happened_at) values ('x',ctx.plaza(),$2,$1,$1,now())) insert into answers (channel_id,question_id,author_id,perspective,body,posted_at) values (ctx.plaza(),$1,$2,'practice',$3,now()) returning id`, values: [b.q, b.p, b.body] }); return r.rows[0] })
const bareBase = await bare.listen({ host: '127.0.0.1', port: 0 })
const people = (await owner.query('select id from people limit 200')).rows
const tokens = people.map((p:any) => `${accessCookie}=${app.jwt.sign({ sub: p.id, sid: p.id, lvl: 1, pat: Math.floor(Date.now()/1000) } as any)}`)
const agent = new http.Agent({ keepAlive: true, maxSockets: 16 })
function call(url: string, method='GET', body?: any, headers: any = {}) { return new Promise<number>((res, rej) => { const r = http.request(url, { agent, method, headers: { ...headers, ...(body ? {'content-type':'application/json'} : {}) } }, (m) => { m.on('data',()=>{}); m.on('end',()=>res(m.statusCode!)) }); r.on('error', rej); r.end(body) }) }
let k=0
const w = { bareQ: () => call(`${bareBase}/q/${some[k++%some.length].id}`), ourQ: () => call(`${base}/api/v1/questions/${some[k++%some.length].id}`),
 bareL: () => call(`${bareBase}/l/${themes[k++%30].id}`), ourL: () => call(`${base}/api/v1/questions?state=waiting&theme=${themes[k++%30].slug}`),
 bareW: () => { const i=k++; return call(`${bareBase}/w`,'POST',JSON.stringify({ q: some[i%some.length].id, p: people[i%200].id, body: 'Een antwoord van gewone lengte. '.repeat(8) })) },
 ourW: () => { const i=k++; return call(`${base}/api/v1/questions/${some[i%some.length].id}/answers`,'POST',JSON.stringify({ perspective:'practice', body: 'Een antwoord van gewone lengte. '.repeat(8) }), { cookie: tokens[i%200], 'x-meedenk':'1', 'sec-fetch-site':'same-origin', 'idempotency-key': `bench-${i}-${Date.now()}` }) } }
import { readFileSync as rf } from 'node:fs'
async function dbCpu() { const pids = (await owner.query("select pid from pg_stat_activity where datname='b1' and pid <> pg_backend_pid()")).rows; let t=0; for (const {pid} of pids) { try { const f = rf(`/proc/${pid}/stat`,'utf8').split(') ')[1].split(' '); t += Number(f[11])+Number(f[12]) } catch {} } return t*10 }
const acc: any = {}
async function run(f: () => Promise<number>, ms: number) { const end = Date.now()+ms; let n=0; const c0 = process.cpuUsage(); const d0 = await dbCpu(); const bad: any = {}; await Promise.all(Array.from({length:16}, async () => { while (Date.now()<end) { const s = await f(); if (s>=400) bad[s]=(bad[s]??0)+1; n++ } })); const c1 = process.cpuUsage(c0); const d1 = await dbCpu(); (acc[f.name] ??= [0,0,0]); acc[f.name][0]+=n; acc[f.name][1]+=(c1.user+c1.system)/1000; acc[f.name][2]+=d1-d0; if (Object.keys(bad).length) console.log('bad', bad); return n/(ms/1000) }
const which = process.argv.slice(2)
for (const [name, a, b] of [['question-json', w.bareQ, w.ourQ], ['list', w.bareL, w.ourL], ['reply', w.bareW, w.ourW]] as const) {
  if (which.length && !which.includes(name)) continue
  await run(a, 1000); await run(b, 1000)
  const ratios: number[] = []; let x=0,y=0
  for (let r=0;r<5;r++) { x = await run(a, 1500); y = await run(b, 1500); ratios.push(y/x) }
  ratios.sort((p,q)=>p-q); console.log(name, 'bare', Math.round(x), 'ours', Math.round(y), 'ratio', ratios[2].toFixed(2), ratios.map(r=>r.toFixed(2)).join(' '))
}
for (const [k,[n,c,d]] of Object.entries(acc) as any) console.log(k, 'app ms', (c/n).toFixed(3), 'db ms', (d/n).toFixed(3));
await app.close(); await bare.close(); await db.end(); await owner.end(); process.exit(0)
