import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestDatabase } from '@meedenk/db/test/database'
import type { FastifyInstance } from 'fastify'
import { afterAll } from 'vitest'
import { buildApp } from '../src/app.ts'
import { testOrigin, testSecret } from './api.ts'

const index = `<!doctype html>
<html lang="nl" data-zone="plein">
  <head>
    <meta charset="utf-8">
    <title>Meedenk</title>
    <script type="module" crossorigin src="/assets/index-1a.js"></script>
  </head>
  <body>
    <div id="app"></div>
  </body>
</html>`
const manifest = {
  'index.html': { file: 'assets/index-1a.js', isEntry: true, imports: ['_shared-2b.js'] },
  '_shared-2b.js': { file: 'assets/shared-2b.js' },
  'src/questions/QuestionPage.vue': { file: 'assets/QuestionPage-3c.js', imports: ['_shared-2b.js', '_kring-4d.js'] },
  '_kring-4d.js': { file: 'assets/kring-4d.js' },
  'src/shell/messages-nl.ts': { file: 'assets/messages-nl-5e.js' },
}
const infoTexts = join(import.meta.dirname, '../../web/src/info/locales')

/** A small web app as a build would leave it, with a secret next door that must never be served. */
export function givenWebDir(): string {
  const top = mkdtempSync(join(tmpdir(), 'meedenk-web-'))
  afterAll(() => rmSync(top, { recursive: true }))
  writeFileSync(join(top, 'secret.js'), 'a secret outside')
  const dist = join(top, 'dist')
  for (const folder of ['assets', '.vite', 'texts']) mkdirSync(join(dist, folder), { recursive: true })
  writeFileSync(join(dist, 'index.html'), index)
  writeFileSync(join(dist, '.vite/manifest.json'), JSON.stringify(manifest))
  writeFileSync(join(dist, 'assets/index-1a.js'), `console.log(${JSON.stringify('meedenk '.repeat(200))})`)
  writeFileSync(join(dist, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  for (const locale of ['nl', 'en']) cpSync(join(infoTexts, `${locale}.json`), join(dist, `texts/info.${locale}.json`))
  return dist
}

export type TestWeb = {
  app: FastifyInstance
  get(
    path: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; text: string; headers: Record<string, unknown>; raw: Buffer }>
}

/** The real edge with the pages, called without a socket. */
export async function givenWeb(database: TestDatabase, clock: () => Date = () => new Date()): Promise<TestWeb> {
  const app = await buildApp({
    db: database.api,
    secret: testSecret,
    origin: testOrigin,
    clock,
    production: false,
    webDir: givenWebDir(),
    rateLimitPerMinute: 1_000_000,
  })
  await app.ready()
  afterAll(() => app.close())
  return {
    app,
    get: async (path, headers = {}) => {
      const response = await app.inject({ method: 'GET', url: path, headers })
      return {
        status: response.statusCode,
        text: response.payload,
        headers: response.headers,
        raw: response.rawPayload,
      }
    },
  }
}
