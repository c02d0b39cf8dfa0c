import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PageLocale } from './page-words.ts'
import { type Html, html, jsonBlock, nothing } from './safe-html.ts'

export type Page = {
  locale: PageLocale
  title: string
  description: string
  /** Addresses of this page in both languages; null for a page that search engines should not keep. */
  addresses: Record<PageLocale, string> | null
  /** More for the head, such as a feed. */
  head?: Html
  kind?: 'website' | 'article'
  body: Html
  /** What the web app will ask first: the path below /api/v1 and its answer as JSON. */
  initial?: [path: string, json: string][]
  /** JSON-LD about the page. */
  data?: string
  /** The file of the web app that takes over. */
  source?: string
}

type Chunk = { file: string; imports?: string[]; isEntry?: boolean }
type Manifest = Record<string, Chunk>

/** Fills the web app's own page with content, so that it reads before any script runs; the page comes in pieces, ready to be sent. */
export type PageTemplate = (page: Page) => string[]

/** Reads the built page once. */
export function readTemplate(webDir: string, origin: string): PageTemplate {
  const [start = '', ...rest] = readFileSync(join(webDir, 'index.html'), 'utf8').split(/<title>[^<]*<\/title>/)
  const [head = '', afterHead = ''] = rest.join('').split('</head>')
  const [beforeApp = '', afterApp = ''] = afterHead.split(/<div id="app">\s*<\/div>/)
  const starts = {
    nl: start.replace(/<html lang="\w+"/, '<html lang="nl"'),
    en: start.replace(/<html lang="\w+"/, '<html lang="en"'),
  }
  const preloads = readPreloads(webDir)
  // The built page asks for the Dutch texts itself, which no English reader needs.
  const heads = { nl: head, en: head.replace(/\s*<link rel="modulepreload" href="\/assets\/messages-nl-[^>]*>/, '') }
  return (page) => [
    `${starts[page.locale]}${metaOf(page, origin).html}`,
    `${heads[page.locale]}${preloads(page, heads[page.locale])}</head>${beforeApp}<div id="app">`,
    page.body.html,
    `</div>${dataOf(page).html}${afterApp}`,
  ]
}

const brand = 'Meedenk'

function metaOf(page: Page, origin: string): Html {
  const { addresses, locale, description } = page
  const title = page.title === brand ? brand : `${page.title} – ${brand}`
  const about = html`<title>${title}</title><meta name="description" content="${description}">${page.head ?? nothing}`
  if (!addresses) return html`${about}<meta name="robots" content="noindex">`
  return html`${about}<link rel="canonical" href="${origin}${addresses[locale]}"><link rel="alternate" hreflang="nl" href="${origin}${addresses.nl}"><link rel="alternate" hreflang="en" href="${origin}${addresses.en}"><link rel="alternate" hreflang="x-default" href="${origin}${addresses.nl}"><meta property="og:type" content="${page.kind ?? 'website'}"><meta property="og:site_name" content="${brand}"><meta property="og:title" content="${page.title}"><meta property="og:description" content="${description}"><meta property="og:url" content="${origin}${addresses[locale]}"><meta property="og:locale" content="${locale === 'nl' ? 'nl_NL' : 'en_GB'}"><meta name="twitter:card" content="summary">`
}

function dataOf({ initial, data }: Page): Html {
  const answers = initial?.map(([path, json]) => `${JSON.stringify(path)}:${json}`).join(',')
  return html`${answers !== undefined && jsonBlock('type="application/json" id="initial"', `{${answers}}`)}${data !== undefined && jsonBlock('type="application/ld+json"', data)}`
}

/** The scripts of a page and its texts, so that the browser fetches them all at once. */
function readPreloads(webDir: string): (page: Page, head: string) => string {
  const path = join(webDir, '.vite', 'manifest.json')
  // Written by the same build as the page itself.
  const manifest: Manifest = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Manifest) : {}
  const needed = (source: string, seen = new Set<string>()): Set<string> => {
    const chunk = manifest[source]
    if (!chunk || seen.has(source)) return seen
    seen.add(source)
    for (const next of chunk.imports ?? []) needed(next, seen)
    return seen
  }
  const atStart = needed(Object.keys(manifest).find((name) => manifest[name]?.isEntry) ?? '')
  const linksFor = ({ locale, source }: Page, head: string) =>
    [...new Set([`src/shell/messages-${locale}.ts`, ...(source ? [source] : [])].flatMap((one) => [...needed(one)]))]
      .filter((name) => !atStart.has(name) && !head.includes(`/${manifest[name]?.file}"`))
      .map((name) => `<link rel="modulepreload" crossorigin href="/${manifest[name]?.file}">`)
      .join('')
  const made = new Map<string, string>()
  return (page, head) => {
    const key = `${page.locale}${page.source}`
    const links = made.get(key) ?? linksFor(page, head)
    made.set(key, links)
    return links
  }
}
