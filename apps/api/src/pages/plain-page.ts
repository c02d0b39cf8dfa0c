import type { PromiseView } from '@meedenk/domain/insights/schemas'
import { type PageName, pathOf, publicPages } from './page-addresses.ts'
import { inShell } from './page-shell.ts'
import type { Page } from './page-template.ts'
import { hoursIn, type PageLocale, say, type Words, wordsOf } from './page-words.ts'
import { type Html, html, nothing } from './safe-html.ts'

type Plain = { name: PageName; title: string; description: string; content?: Html; initial?: [string, string][] }

/** A page of a heading, a summary and some content. */
export function plainPage({ name, title, description, content = nothing, initial }: Plain, locale: PageLocale): Page {
  const main = html`<div class="md-container md-container--reading md-page"><h1>${title}</h1><p class="md-lead">${description}</p>${content}</div>`
  const addresses = { nl: pathOf(name, 'nl'), en: pathOf(name, 'en') }
  const otherLanguage = addresses[locale === 'nl' ? 'en' : 'nl']
  return {
    locale,
    title,
    description,
    addresses,
    body: inShell({ locale, current: name, otherLanguage }, main),
    source: publicPages[name].source,
    ...(initial ? { initial } : {}),
  }
}

/** A page for an address with nothing to read: not there, taken away, or failed. */
export function scenePage(locale: PageLocale, title: string, text: string): Page {
  const words = wordsOf(locale)
  const acts = html`<p class="md-acts"><a class="md-btn" href="${pathOf('questions', locale)}">${words.missing.questions}</a><a class="md-btn md-btn--ghost" href="${pathOf('home', locale)}">${words.missing.home}</a></p>`
  const main = html`<div class="md-container md-container--reading md-page"><h1>${title}</h1><p class="md-lead">${text}</p>${acts}</div>`
  return {
    locale,
    title,
    description: text,
    addresses: null,
    body: inShell({ locale, otherLanguage: pathOf('home', locale === 'nl' ? 'en' : 'nl') }, main),
  }
}

/** The web app alone, for pages of one person. */
export function emptyPage(locale: PageLocale): Page {
  return { locale, title: 'Meedenk', description: wordsOf(locale).home.description, addresses: null, body: nothing }
}

type Status = Record<'questions' | 'mail' | 'jobs', 'ok' | 'slow' | 'down'>

/** Whether everything works, in words. */
export function statusLines(status: Status, words: Words): Html {
  const tones = { ok: 'gracht', slow: 'zon', down: 'koraal' }
  const lines = (['questions', 'mail', 'jobs'] as const).map(
    (part) =>
      html`<li class="md-row"><span class="md-row-title">${words.status[part]}</span><span class="md-tag md-tag--${tones[status[part]]} md-row-side">${words.status[status[part]]}</span></li>`,
  )
  return html`<ul class="md-card md-rows">${lines}</ul>`
}

/** What was measured of the promise; nothing but that there is too little, when there is. */
export function promiseFigures(promise: PromiseView, words: Words): Html {
  if (promise.tooFew) return html`<p class="md-card md-card--dashed md-card--padded">${words.promise.tooFew}</p>`
  const hours = (value: number | null) => (value === null ? words.promise.noFigure : hoursIn(words, value))
  const share = promise.fourAnswersShare
  const figures: [text: string, value: string][] = [
    [words.promise.questions, String(promise.questions)],
    [words.promise.answered, String(promise.answered)],
    [words.promise.median, hours(promise.firstAnswerMedian.clockHours)],
    [words.promise.p80, hours(promise.firstAnswerP80.clockHours)],
    [
      words.promise.four,
      share === null ? words.promise.noFigure : share.toLocaleString(words.language.tag, { style: 'percent' }),
    ],
  ]
  return html`<dl class="md-card md-card--padded md-numbers">${figures.map(([text, value]) => html`<div><dt>${text}</dt><dd>${value}</dd></div>`)}</dl>`
}

export const promiseDescription = (promise: PromiseView, words: Words): string =>
  say(words.promise.description, { days: promise.days })
