import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { givenDatabase } from '@meedenk/db/test/database'
import { givenQuestion, givenTheme } from '@meedenk/db/test/factories'
import { describe, expect, it } from 'vitest'
import { givenApi, testOrigin } from '../../test/api.ts'
import { givenWeb } from '../../test/web.ts'

const database = await givenDatabase()
const web = await givenWeb(database)

describe('the home page', () => {
  it('shows who waits and what was learned, with the answers the web app asks first', async () => {
    const theme = await givenTheme(database, { name: 'Schulden' })
    const waiting = await givenQuestion(database, {
      title: 'Wie wacht hier al een tijd op antwoord?',
      themes: [theme],
      askedAt: new Date('2020-01-01'),
    })

    const page = await web.get('/')

    expect(page.status).toBe(200)
    expect(page.text).toContain(
      `<a href="/vragen/${waiting.number}-${waiting.slug}">Wie wacht hier al een tijd op antwoord?</a>`,
    )
    const initial = JSON.parse(/id="initial">(.*?)<\/script>/.exec(page.text)?.[1] ?? '{}')
    expect(Object.keys(initial)).toEqual([
      '/questions?state=waiting&limit=3',
      '/questions?state=learned&limit=4',
      '/themes',
      '/insights/promise',
    ])
  })
})

describe('the list', () => {
  it('leads on to more with a plain link', async () => {
    for (let n = 0; n < 22; n += 1) await givenQuestion(database, { title: `Vraag nummer ${n} om door te bladeren` })

    const first = await web.get('/vragen')
    const next = /rel="next" href="([^"]+)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await web.get(next)

    expect(next).toMatch(/^\/vragen\?after=/)
    expect(second.status).toBe(200)
    expect(second.text).toContain('noindex')
    expect(second.text).not.toContain('Vraag nummer 21 om')
  })

  it.each([
    '/vragen?state=nonsense',
    '/vragen?after=nonsense',
    '/vragen?state=waiting&state=learned',
    '/en/questions?x[y]=1',
    '/vragen?theme=%3Cscript%3E',
  ])('shows questions whatever is asked: %s', async (path) => {
    const page = await web.get(path)
    expect(page.status).toBe(200)
    expect(page.text).not.toContain('<script>')
  })
})

describe('pages of text', () => {
  it.each([
    ['/spelregels', 'Denk mee, oordeel niet'],
    ['/zo-werkt-het', 'Hulp nodig?'],
    ['/toegankelijkheid', 'WCAG'],
    ['/privacy', 'Jouw rechten'],
    ['/over', 'Over Meedenk'],
    ['/status', 'Vragen lezen en stellen'],
    ['/belofte', 'Onze belofte, gemeten'],
    ['/vraag-stellen', 'JavaScript'],
    ['/en/house-rules', 'House rules'],
    ['/en', 'Stuck?'],
  ])('%s reads without a script', async (path, piece) => {
    const page = await web.get(path)
    expect(page.status).toBe(200)
    expect(page.text.replace(/<script.*?<\/script>/gs, '')).toContain(piece)
    expect(page.text).toContain(`<link rel="canonical" href="${testOrigin}${path}">`)
  })
})

describe('every page of the web app', () => {
  const routes = join(import.meta.dirname, '../../../web/src')
  const declared = readdirSync(routes, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('routes.ts'))
    .flatMap((path) => [
      ...readFileSync(join(routes, path), 'utf8').matchAll(/path: \{ nl: '([^']+)', en: '([^']+)' \}/g),
    ])
    .flatMap(([, nl = '', en = '']) => [nl, `/en${en === '/' ? '' : en}`])
    .filter((path) => !path.includes(':number'))
    .map((path) => path.replace(/:\w+/, 'iets'))

  it.each(declared)('%s has an answer of the server', async (path) => {
    expect((await web.get(path)).status).toBe(200)
  })

  it('is found at all', () => {
    expect(declared.length).toBeGreaterThan(30)
  })
})

describe('pages of one person', () => {
  it.each(['/jij', '/jij/apparaten', '/postvak', '/inloggen', '/beheer/meldingen', '/en/inbox', '/mail/abc', '/l/abc'])(
    '%s is the web app alone',
    async (path) => {
      const page = await web.get(path)
      expect([page.status, page.headers['cache-control'], page.headers['x-robots-tag']]).toEqual([
        200,
        'no-store',
        'noindex',
      ])
      expect(page.text).toContain('<meta name="robots" content="noindex">')
      expect(page.text).toContain('<div id="app"></div>')
    },
  )
})

describe('an address with nothing there', () => {
  it.each(['/nergens', '/en/nowhere', '/vragen/1/2', '/%E0%A4%A', '/wp-admin/'])(
    '%s is a page that says so',
    async (path) => {
      const page = await web.get(path)
      expect([400, 404]).toContain(page.status)
      if (page.status === 404) expect(page.text).toMatch(/Deze straat loopt dood|This street is a dead end/)
    },
  )

  it('stays a problem for machines', async () => {
    for (const path of ['/api/v1/nergens', '/api/nergens', '/nergens.js', '/assets/nergens.js']) {
      const answer = await web.get(path)
      expect(answer.status).toBe(404)
      expect(answer.headers['content-type']).toContain('application/problem+json')
    }
    const posted = await web.app.inject({
      method: 'POST',
      url: '/vragen',
      headers: { 'x-meedenk': '1', 'sec-fetch-site': 'same-origin' },
    })
    expect(posted.statusCode).toBe(405)
  })

  it('loses a slash too many, and never leads elsewhere', async () => {
    expect((await web.get('/vragen/')).headers['location']).toBe('/vragen')
    expect((await web.get('/en/')).headers['location']).toBe('/en')
    for (const path of ['//kwaad.test/', '//kwaad.test', '/\\kwaad.test/'])
      expect((await web.get(path)).headers['location']).toBeUndefined()
  })
})

describe('when something breaks', () => {
  it('answers with a page and a code to quote', async () => {
    const away = await givenDatabase()
    const there = await givenWeb(away)
    await away.owner.query('revoke select on questions from meedenk_api')

    const page = await there.get('/vragen/1234-iets')

    expect(page.status).toBe(500)
    expect(page.headers['content-type']).toContain('text/html')
    expect(page.text).toContain('Er ging iets mis bij ons')
    expect(page.text).toContain(String(page.headers['x-request-id']))
    expect(page.text).not.toContain('permission')
  })
})

describe('files of the web app', () => {
  it('are kept for good under their own name, packed as the browser likes', async () => {
    const plain = await web.get('/assets/index-1a.js')
    const [brotli, gzip] = [
      await web.get('/assets/index-1a.js', { 'accept-encoding': 'gzip, br' }),
      await web.get('/assets/index-1a.js', { 'accept-encoding': 'gzip' }),
    ]

    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect([
      brotli.headers['content-encoding'],
      gzip.headers['content-encoding'],
      plain.headers['content-encoding'],
    ]).toEqual(['br', 'gzip', undefined])
    expect(brotliDecompressSync(brotli.raw)).toEqual(plain.raw)
    expect(gunzipSync(gzip.raw)).toEqual(plain.raw)
    expect((await web.get('/assets/index-1a.js', { 'if-none-match': String(plain.headers['etag']) })).status).toBe(304)
    expect((await web.get('/icon.svg')).headers['cache-control']).toBe('public, no-cache')
  })

  it.each([
    '/assets/../../secret.js',
    '/assets/..%2f..%2fsecret.js',
    '/assets/%2e%2e/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/assets/..%5c..%5csecret.js',
    '/assets/%00',
    '/.vite/manifest.json',
    '/assets/..%2findex.html',
  ])('never leave their folder: %s', async (path) => {
    const answer = await web.get(path)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.text).not.toContain('a secret outside')
    expect(answer.text).not.toContain('isEntry')
  })

  it('are not there when only the API is served', async () => {
    const api = await givenApi(database)
    expect((await api.visitor('GET', '//vragen')).status).toBe(404)
  })
})

describe('packed pages', () => {
  it('are the same page', async () => {
    const [plain, packed] = [await web.get('/spelregels'), await web.get('/spelregels', { 'accept-encoding': 'br' })]
    expect(packed.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(packed.raw).toString()).toBe(plain.text)
    expect(packed.headers['vary']).toContain('accept-encoding')
  })
})

describe('headers', () => {
  it('let no script run but our own files', async () => {
    const { headers } = await web.get('/')
    expect(headers['content-security-policy']).toContain("script-src 'self'")
    expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/)
    expect(headers['x-content-type-options']).toBe('nosniff')
  })
})
