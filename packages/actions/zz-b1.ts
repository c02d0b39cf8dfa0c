import { readFileSync } from 'node:fs'
import pg from 'pg'
const u = JSON.parse(readFileSync('/tmp/b1/urls.json','utf8'))
const api = new pg.Client({ connectionString: u.apiUrl }); await api.connect()
const own = new pg.Client({ connectionString: u.ownerUrl.replace(/\/postgres$/, '/b1') }); await own.connect()
let captured: any[] = []
const fake = { pool: { query: async (q: any) => { captured.push(q); return { rows: [] } } } } as any
const { readQuestion } = await import('./src/questions/read-question.ts')
const { listQuestions } = await import('./src/questions/list-questions.ts')
const id = (await own.query('select question_id as id from answers offset 3000 limit 1')).rows[0].id
await readQuestion(fake, id)
const slug = 'thema-5'
for (const q of [{ state:'waiting', theme: slug }, { state: 'waiting' }, { state:'all' }, { state:'learned' }, {state:'learned', theme: slug}, {state:'thinking', theme: slug},{ region:'GM0005' }, {missing:'knowledge'}, {missing:'policy'}, {state:'waiting', region:'GM0005'}] as any[]) await listQuestions(fake, q)
async function med(c: pg.Client, q: any, n = 200) { const t: number[] = []; for (let i=0;i<n;i++) { const s = performance.now(); await c.query(q); t.push(performance.now()-s) } t.sort((a,b)=>a-b); return t[n>>1]!.toFixed(2) + ' p95 ' + t[Math.floor(n*.95)]!.toFixed(2) }
for (const q of captured) console.log(q.name, q.values?.length, 'api', await med(api, q), 'owner', await med(own, q))
for (let i=0;i<2;i++) await api.query(captured[0]); const one = await api.query({ text: 'explain (analyze, buffers, costs off, settings) execute "question-by-id"(\''+id+'\')' })
console.log(one.rows.map((r: any) => r['QUERY PLAN']).join('\n'))
await api.end(); await own.end()
