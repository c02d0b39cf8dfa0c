import autocannon from 'autocannon'
import { fork } from 'node:child_process'
const [api = '', owner = ''] = process.argv.slice(2)
const child = fork(new URL('./ceiling-server.ts', import.meta.url), { env: { ...process.env, CEILING_URL: owner } })
const port: number = await new Promise((ok) => child.on('message', (m: any) => ok(m.port)))
const slugs = (n: number) => `/vragen/${1000000 + n}-vraag-${n}`
async function run(base: string, path: (n: number) => string, distinct: number) {
  const requests = Array.from({ length: distinct }, (_, i) => ({ method: 'GET' as const, path: path(1 + ((i * 37) % 4999)) }))
  const r = await autocannon({ url: base, connections: 16, duration: 3, requests, headers: process.env['BR'] ? { 'accept-encoding': 'br' } : {} } as any)
  return [Math.round(r.requests.average), r.non2xx]
}
for (let round = 0; round < 3; round++) {
  console.log('c', await run(`http://127.0.0.1:${port}`, (n) => `/c/${1000000 + n}`, 2000))
  console.log('json', await run(api, (n) => `/api/v1/questions/${1000000 + n}`, 2000))
  console.log('html', await run(api, slugs, 2000))
  console.log('html hot', await run(api, slugs, 50))
}
child.disconnect()
