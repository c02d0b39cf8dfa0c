import type { PromiseView } from '@meedenk/domain/insights/schemas'
import type { ThemeView } from '@meedenk/domain/themes/schemas'
import { type Rows, rowList } from './list-page.ts'
import { pathOf, publicPages, questionPath } from './page-addresses.ts'
import { inShell } from './page-shell.ts'
import type { Page } from './page-template.ts'
import { hoursIn, type PageLocale, say, type Words, wordsOf } from './page-words.ts'
import { type Html, html } from './safe-html.ts'

const themesShown = 4

type Home = {
  waiting: Rows
  learned: Rows
  themes: { items: ThemeView[] }
  promise: PromiseView
  initial: [string, string][]
}

/** The square as it looks to somebody who walks in. */
export function homePage({ waiting, learned, themes, promise, initial }: Home, locale: PageLocale): Page {
  const words = wordsOf(locale)
  const { title, description } = words.home
  const hero = html`<section class="md-hero" aria-labelledby="home-title"><div class="md-container md-hero-grid"><div><h1 id="home-title">${title}</h1><p class="md-lead">${description}</p><p class="md-acts"><a class="md-btn md-btn--large" href="${pathOf('ask', locale)}">${words.shell.ask}</a></p></div></div>${facts(promise, words)}</section>`
  const parts = html`<div class="md-container">${waits(waiting, words, locale)}${about(themes.items, words, locale)}${yields(learned, words, locale)}</div>`
  return {
    locale,
    title,
    description,
    addresses: { nl: pathOf('home', 'nl'), en: pathOf('home', 'en') },
    body: inShell(
      { locale, current: 'home', otherLanguage: pathOf('home', locale === 'nl' ? 'en' : 'nl'), zon: true },
      html`${hero}${parts}`,
    ),
    initial,
    source: publicPages.home.source,
  }
}

function facts(promise: PromiseView, words: Words): Html | null {
  if (promise.tooFew) return null
  const { clockHours } = promise.firstAnswerMedian
  const hours =
    clockHours !== null && html`<li><b>${hoursIn(words, clockHours)}</b><span>${words.home.usually}</span></li>`
  const answers =
    promise.answersPerQuestion !== null &&
    html`<li><b>${promise.answersPerQuestion.toLocaleString(words.language.tag, { maximumFractionDigits: 1 })}</b><span>${words.home.perQuestion}</span></li>`
  return html`<div class="md-container"><ul class="md-facts">${hours}${answers}<li><b>€ 0</b><span>${words.home.free}</span></li></ul></div>`
}

function waits(waiting: Rows, words: Words, locale: PageLocale): Html | null {
  if (waiting.items.length === 0) return null
  return html`<section class="md-section" aria-labelledby="home-waiting"><div class="md-section-head"><h2 id="home-waiting">${words.home.waiting}</h2><a href="${pathOf('questions', locale)}?state=waiting">${words.home.allWaiting}</a></div><div class="md-card">${rowList(waiting.items, words, locale)}</div></section>`
}

function about(themes: ThemeView[], words: Words, locale: PageLocale): Html | null {
  const busiest = [...themes].sort((a, b) => b.questions - a.questions || b.experts - a.experts).slice(0, themesShown)
  if (busiest.length === 0) return null
  const items = busiest.map((theme) => {
    const counts = {
      people: say(words.home.people, { n: theme.experts }),
      questions: say(words.home.questions, { n: theme.questions }),
    }
    return html`<li><a class="md-plein md-plein--${theme.tint}" href="${pathOf('questions', locale)}?theme=${theme.slug}"><h3>${locale === 'nl' ? theme.name : theme.nameEn}</h3><p>${say(words.home.themeFacts, counts)}</p></a></li>`
  })
  return html`<section class="md-section" aria-labelledby="home-themes"><div class="md-section-head"><h2 id="home-themes">${words.home.themes}</h2></div><ul class="md-pleinen">${items}</ul></section>`
}

function yields(learned: Rows, words: Words, locale: PageLocale): Html | null {
  const stories = learned.items.filter((row) => row.yield !== null)
  if (stories.length === 0) return null
  const items = stories.map(
    (row) =>
      html`<li class="md-card"><blockquote>‘${row.yield}’</blockquote><p class="md-small md-muted">${words.home.after} <a href="${questionPath(row, locale)}">${row.title}</a></p></li>`,
  )
  return html`<section class="md-section" aria-labelledby="home-learned"><div class="md-section-head"><h2 id="home-learned">${words.home.learned}</h2></div><ul class="md-learned">${items}</ul></section>`
}
