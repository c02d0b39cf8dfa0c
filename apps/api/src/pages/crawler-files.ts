import type { Address } from '@meedenk/actions/search/list-addresses'
import type { QuestionRow } from '@meedenk/domain/questions/schemas'
import { type PageName, pathOf, publicPages, questionPath, reportPath, unlistedPaths } from './page-addresses.ts'
import { type PageLocale, say, wordsOf } from './page-words.ts'
import { nameOf } from './question-page.ts'
import { type Html, html } from './safe-html.ts'

const xml = '<?xml version="1.0" encoding="UTF-8"?>\n'
const sitemaps = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** Where everything is listed: the fixed pages, and the questions in lists of ten thousand. */
export function sitemapIndex(origin: string, lists: number): string {
  const names = ['pages', ...Array.from({ length: lists }, (_, list) => `questions-${list}`)]
  return (
    xml +
    html`<sitemapindex xmlns="${sitemaps}">${names.map((name) => html`<sitemap><loc>${origin}/sitemap-${name}.xml</loc></sitemap>`)}</sitemapindex>`
      .html
  )
}

export function sitemapOfPages(origin: string): string {
  // The names of its own table.
  const names = Object.keys(publicPages) as PageName[]
  return urlSet(names.map((name) => urlOf(origin, { nl: pathOf(name, 'nl'), en: pathOf(name, 'en') }, null)))
}

export function sitemapOfQuestions(origin: string, questions: Address[]): string {
  return urlSet(
    questions.map((question) =>
      urlOf(origin, { nl: questionPath(question, 'nl'), en: questionPath(question, 'en') }, question.changedAt),
    ),
  )
}

const urlSet = (urls: Html[]) =>
  xml + html`<urlset xmlns="${sitemaps}" xmlns:xhtml="http://www.w3.org/1999/xhtml">${urls}</urlset>`.html

function urlOf(origin: string, paths: Record<PageLocale, string>, changedAt: Date | null): Html {
  return html`<url><loc>${origin}${paths.nl}</loc>${changedAt && html`<lastmod>${changedAt.toISOString()}</lastmod>`}<xhtml:link rel="alternate" hreflang="nl" href="${origin}${paths.nl}"/><xhtml:link rel="alternate" hreflang="en" href="${origin}${paths.en}"/></url>`
}

/** The newest questions as an Atom feed, each with how far it is. */
export function atomFeed(origin: string, rows: QuestionRow[], locale: PageLocale, now: Date): string {
  const words = wordsOf(locale)
  const list = origin + pathOf('questions', locale)
  const newest =
    rows
      .map((row) => row.lastActivityAt)
      .sort()
      .at(-1) ?? now.toISOString()
  const entries = rows.map((row) => {
    const about = [words.state[row.state], say(words.list.answers, { n: row.answers }), row.yield && `‘${row.yield}’`]
      .filter(Boolean)
      .join('. ')
    const themes = row.themes.map(
      (theme) => html`<category term="${theme.slug}" label="${locale === 'nl' ? theme.name : theme.nameEn}"/>`,
    )
    return html`<entry><id>urn:uuid:${row.id}</id><title>${row.title}</title><link rel="alternate" type="text/html" href="${origin}${questionPath(row, locale)}"/><published>${row.askedAt}</published><updated>${row.lastActivityAt}</updated><author><name>${nameOf({ ...row.author, isAsker: false }, words)}</name></author>${themes}<summary>${about}</summary></entry>`
  })
  return (
    xml +
    html`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}"><id>${list}</id><title>${words.list.feed}</title><subtitle>${words.list.description}</subtitle><link rel="self" type="application/atom+xml" href="${list}/atom.xml"/><link rel="alternate" type="text/html" href="${list}"/><updated>${newest}</updated>${entries}</feed>`
      .html
  )
}

export const robotsText = (origin: string): string =>
  [
    'User-agent: *',
    ...['/api/', ...unlistedPaths].map((path) => `Disallow: ${path}`),
    '',
    `Sitemap: ${origin}/sitemap.xml`,
    '',
  ].join('\n')

const halfYearMs = 182 * 86_400_000

/** Where to tell about a hole in our security (RFC 9116). */
export const securityText = (origin: string, now: Date): string =>
  [
    `Contact: ${origin}${reportPath('nl')}`,
    `Contact: ${origin}${reportPath('en')}`,
    `Expires: ${new Date(now.getTime() + halfYearMs).toISOString()}`,
    'Preferred-Languages: nl, en',
    `Canonical: ${origin}/.well-known/security.txt`,
    '',
  ].join('\n')
