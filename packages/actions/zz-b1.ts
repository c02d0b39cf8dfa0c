import { readFileSync } from 'node:fs'
import { connect } from '@meedenk/db/connection'
import { listQuestions } from './src/questions/list-questions.ts'
import { suggestQuestions } from './src/search/suggest-questions.ts'
const u = JSON.parse(readFileSync('/tmp/b1/urls.json','utf8'))
const own = connect({ url: u.ownerUrl.replace(/\/postgres$/, '/b1') }).pool
const api = connect({ url: u.apiUrl, connectionsMax: 1 })
const pid = (await api.pool.query('select pg_backend_pid() p')).rows[0].p
const cpu = () => { const f = readFileSync(`/proc/${pid}/stat`,'utf8').split(') ')[1]!.split(' '); return (Number(f[11])+Number(f[12]))*10 }
for (const q of [{ state: 'waiting', theme: 'thema-11', limit: 5 }, { state: 'all' , limit: 20}, { state: 'waiting', limit: 20 }, { state: 'learned', limit: 20 }, { theme: 'thema-3', limit: 20 }, { state:'thinking', theme: 'thema-3', limit: 20 }, { region: 'GM0005', limit: 20 }, { missing: 'knowledge', limit: 20 }] as any[]) {
  let after: string | undefined; let first: any, last: any; let pages = 0
  for (let p = 0; p < 500; p++) { const r = JSON.parse(await listQuestions(api, { ...q, after })); pages++; if (!r.next) break; after = r.next }
  const time = async (qq: any) => { for (let i=0;i<10;i++) await listQuestions(api, qq); const c = cpu(); for (let i=0;i<200;i++) await listQuestions(api, qq); return (cpu()-c)/200 }
  console.log(JSON.stringify(q), 'pages', pages, 'page 1 db cpu', await time(q), 'last', await time({ ...q, after }))
}
// suggestions
const sents: string[] = JSON.parse(readFileSync('/tmp/b1/sents.json','utf8'))
const dups = readFileSync('/work/shared/data/corpora/dubbele-vragen-dev.jsonl','utf8').trim().split('\n').map((l) => JSON.parse(l).nieuwe_vraag as string)
const typed = [...dups, ...sents.slice(0, 100).map((s) => s.slice(0, 40)), ...sents.slice(100, 200).map((s) => s.slice(0, 160)), ...dups.map((d) => d.slice(0, 15)), ...dups.map((d) => d.replace(/a/g, 'aa'))]
const t: number[] = []; const cs: number[] = []
for (const q of typed.slice(0,5)) await suggestQuestions(api, q)
for (const q of typed) { const c = cpu(); const s = performance.now(); await suggestQuestions(api, q); t.push(performance.now()-s); cs.push(cpu()-c); }
const pct = (a: number[], p: number) => a.toSorted((x,y)=>x-y)[Math.floor(a.length*p)]
console.log('suggest wall p50', pct(t,.5), 'p95', pct(t,.95), 'max', Math.max(...t), 'cpu mean', cs.reduce((a,b)=>a+b)/cs.length, 'cpu p95', pct(cs,.95), 'n', t.length)
const slow = typed.map((q,i)=>[t[i],q] as const).sort((a,b)=>b[0]!-a[0]!).slice(0,6); console.log(slow)
process.exit(0)
