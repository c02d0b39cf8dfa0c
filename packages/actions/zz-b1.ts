import { readFileSync } from 'node:fs'
import pg from 'pg'
const u = JSON.parse(readFileSync('/tmp/b1/urls.json','utf8'))
const api = new pg.Client({ connectionString: u.apiUrl, options: process.env.OPT ?? '-c plan_cache_mode=force_generic_plan -c jit=off' }); await api.connect()
const own = new pg.Client({ connectionString: u.ownerUrl.replace(/\/postgres$/, '/b1') }); await own.connect()
let captured: any[] = []
const fake = { pool: { query: async (q: any) => { captured.push(q); return { rows: [] } } } } as any
const { readQuestion } = await import('./src/questions/read-question.ts')
const { listQuestions } = await import('./src/questions/list-questions.ts')
const id = (await own.query('select question_id as id from answers group by 1 having count(*) = 5 limit 1')).rows[0].id
await readQuestion(fake, id)
await listQuestions(fake, { state: 'waiting', theme: 'thema-10' } as any)
const pid = (await api.query('select pg_backend_pid() p')).rows[0].p
const cpu = () => { const f = readFileSync(`/proc/${pid}/stat`,'utf8').split(') ')[1]!.split(' '); return (Number(f[11])+Number(f[12]))*10 }
captured.push({ name:'bare', values:[id], text: `select json_build_object('id',q.id,'number',q.number,'slug',q.slug,'title',q.title,'body',q.body,'askedAt',q.asked_at,'name',p.name,'handle',p.handle,
 'answers',(select json_agg(json_build_object('id',a.id,'body',a.body,'postedAt',a.posted_at,'perspective',a.perspective,'name',w.name,'handle',w.handle) order by a.posted_at) from answers a left join people w on w.id=a.author_id where a.question_id=q.id))::text as json from questions q left join people p on p.id=q.author_id where q.id=$1` })
if (process.env.EXTRA) captured.push(JSON.parse(readFileSync(process.env.EXTRA,'utf8')))
for (const q of captured) {
  for (let i=0;i<20;i++) await api.query(q)
  const c0 = cpu(); for (let i=0;i<2000;i++) await api.query(q); console.log(q.name, 'db cpu ms', (cpu()-c0)/2000)
}
if (process.argv[2]) {
 const q = captured[Number(process.argv[2])]
 const v = q.values.map((x: any) => typeof x === 'number' ? x : `'${x}'`).join(',')
 const one = await api.query({ text: `explain (analyze, buffers off, costs off, verbose) execute "${q.name}"(${v})` })
 console.log(one.rows.map((r: any) => r['QUERY PLAN'].slice(0,230)).join('\n'))
}
await api.end(); await own.end()
