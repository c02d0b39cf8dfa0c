import { mkdtempSync, chmodSync } from 'node:fs'
import { startPostgres } from './postgres.ts'
import { migrate } from '@meedenk/db/migrate'
import { loadReferenceData } from './reference-data.ts'
const dir = mkdtempSync('/tmp/b2-pg-'); chmodSync(dir, 0o711)
const pg = await startPostgres({ dataDir: dir, forTests: true })
const urls = await migrate({ ownerUrl: pg.ownerUrl, database: 'meedenk', passwords: { api: 'a-a', worker: 'w-w', queue: 'q-q' } })
await loadReferenceData(pg.ownerUrl, 'meedenk').catch((e: unknown) => console.error('ref', e))
console.log(JSON.stringify({ ...urls, ownerUrl: pg.ownerUrl, dir }))
process.on('SIGTERM', async () => { await pg.stop(); process.exit(0) })
setTimeout(async () => { await pg.stop(); process.exit(0) }, 1_800_000)
