import type { QuestionRow } from '@meedenk/domain/questions/schemas'
import type { ThemeView } from '@meedenk/domain/themes/schemas'
import { pathOf, publicPages, questionPath } from './page-addresses.ts'
import { inShell, sprout } from './page-shell.ts'
import type { Page } from './page-template.ts'
import { dateIn, type PageLocale, say, type Words, wordsOf } from './page-words.ts'
import { type Html, html } from './safe-html.ts'

export type Rows = { items: QuestionRow[]; next: string | null }
type Listed = {
  rows: Rows
  onTop: Rows | null /** Nothing was asked for but the list itself. */
  isPlain: boolean /** What the reader asked for, without the place in the list. */
  query: Record<string, string>
  themes: ThemeView[]
  initial: [string, string][]
}

/** The list of questions: who waits on top, then what was asked for, with a plain link to more. */
export function listPage({ rows, onTop, isPlain, query, themes, initial }: Listed, locale: PageLocale): Page {
  const words = wordsOf(locale)
  const [nl, en] = [pathOf('questions', 'nl'), pathOf('questions', 'en')]
  const here = locale === 'nl' ? nl : en
  const waiting = new Set(onTop?.items.map((row) => row.id))
  const others = rows.items.filter((row) => !waiting.has(row.id))
  const isEmpty = others.length === 0 && waiting.size === 0
  const more =
    rows.next &&
    html`<p><a class="md-btn md-btn--outline" rel="next" href="${here}?${String(new URLSearchParams({ ...query, after: rows.next }))}">${words.list.more}</a></p>`
  const sections = html`${onTop && section('list-waiting', words.list.waiting, onTop.items, words, locale)}${section('list-rows', words.list.rows, others, words, locale)}${isEmpty && html`<p class="md-card md-card--dashed md-card--padded">${words.list.empty}</p>`}${more}`
  const main = html`<div class="md-container md-page"><h1>${words.list.title}</h1><p class="md-lead">${words.list.description}</p><div class="md-split mt-6"><div class="md-stack">${sections}</div><aside class="md-rail"><nav class="md-card md-card--padded" aria-labelledby="list-themes"><h2 id="list-themes">${words.list.themes}</h2><ul class="md-links">${themeLinks(themes, here, locale)}</ul></nav></aside></div></div>`
  return {
    locale,
    title: words.list.title,
    description: words.list.description,
    addresses: isPlain ? { nl, en } : null,
    head: html`<link rel="alternate" type="application/atom+xml" title="${words.list.feed}" href="${here}/atom.xml">`,
    body: inShell({ locale, current: 'questions', otherLanguage: locale === 'nl' ? en : nl }, main),
    initial,
    source: publicPages.questions.source,
  }
}

function themeLinks(themes: ThemeView[], list: string, locale: PageLocale): Html[] {
  return themes.map(
    (theme) => html`<li><a href="${list}?theme=${theme.slug}">${locale === 'nl' ? theme.name : theme.nameEn}</a></li>`,
  )
}

function section(id: string, title: string, rows: QuestionRow[], words: Words, locale: PageLocale): Html | null {
  if (rows.length === 0) return null
  return html`<section class="md-card md-waiting" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${rowList(rows, words, locale)}</section>`
}

/** Questions as rows, with what each is about and how far it is. */
export function rowList(rows: QuestionRow[], words: Words, locale: PageLocale): Html {
  return html`<ul class="md-rows">${rows.map((row) => listRow(row, words, locale))}</ul>`
}

function listRow(row: QuestionRow, words: Words, locale: PageLocale): Html {
  const address = questionPath(row, locale)
  const [theme] = row.themes
  const tag =
    theme &&
    html`<a class="md-tag" href="${pathOf('questions', locale)}?theme=${theme.slug}">${locale === 'nl' ? theme.name : theme.nameEn}</a>`
  const learned = row.yield && html`<p class="md-row-meta">${sprout}<span>‘${row.yield}’</span></p>`
  const isOpen = row.state === 'waiting' || row.state === 'thinking'
  const think =
    isOpen &&
    html`<a class="md-btn md-btn--small md-btn--outline md-row-side" href="${address}#denk-mee" aria-label="${say(words.list.thinkAbout, { title: row.title })}">${words.list.think}</a>`
  return html`<li class="md-row"><h3 class="md-row-title"><a href="${address}">${row.title}</a></h3>${learned}<p class="md-row-meta">${tag}<span>${say(words.list.answers, { n: row.answers })}</span> <span><time datetime="${row.askedAt}">${dateIn(locale, row.askedAt)}</time></span></p>${think}</li>`
}
