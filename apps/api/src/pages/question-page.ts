import { type AnswerView, type AuthorView, perspectives, type QuestionView } from '@meedenk/domain/questions/schemas'
import { pathOf, questionPath, questionSource } from './page-addresses.ts'
import { arrow, inShell, sprout } from './page-shell.ts'
import type { Page } from './page-template.ts'
import { dateIn, listIn, type PageLocale, say, type Words, wordsOf } from './page-words.ts'
import { describeQuestion, questionData } from './question-data.ts'
import { type Html, html, withBreaks } from './safe-html.ts'

const tones = { practice: 'gracht', policy: 'lucht', knowledge: 'kamer', experience: 'koraal' } as const

/** A question with all its answers, readable and findable; `json` is what the API answers for it. */
export function questionPage(question: QuestionView, json: string, locale: PageLocale, origin: string): Page {
  const words = wordsOf(locale)
  const addresses = { nl: questionPath(question, 'nl'), en: questionPath(question, 'en') }
  const main = html`<div class="md-container md-page md-split"><div>${head(question, words, locale)}${closed(question, words, locale)}${outcome(question, words)}${answers(question, words, locale)}<noscript><p class="md-notice mt-6">${words.question.noScript}</p></noscript></div>${side(question, words)}</div>`
  return {
    locale,
    title: question.title,
    description: describeQuestion(question, words),
    addresses,
    kind: 'article',
    body: inShell({ locale, current: 'questions', otherLanguage: addresses[locale === 'nl' ? 'en' : 'nl'] }, main),
    initial: [[`/questions/${question.number}`, json]],
    data: questionData(question, origin + addresses[locale], words),
    source: questionSource,
  }
}

function head(question: QuestionView, words: Words, locale: PageLocale): Html {
  const [theme] = question.themes
  const list = pathOf('questions', locale)
  const crumb =
    theme &&
    html`<span aria-hidden="true">/</span><a href="${list}?theme=${theme.slug}">${locale === 'nl' ? theme.name : theme.nameEn}</a>`
  // At the top everybody knows that this is who asked, so an anonymous one is "a fellow professional".
  const asker = { ...question.author, isAsker: false }
  return html`<article class="md-question"><nav class="md-crumbs" aria-label="${words.question.crumbs}"><a href="${list}">${words.shell.questions}</a>${crumb}</nav><h1>${question.title}</h1>${by(asker, question, words, locale, null)}${question.body !== '' && html`<p class="md-body">${withBreaks(question.body)}</p>`}</article>`
}

function closed(question: QuestionView, words: Words, locale: PageLocale): Html | null {
  if (!question.closedAt) return null
  return html`<p class="md-notice mt-6">${say(words.question.closed, { date: dateIn(locale, question.closedAt), reason: question.closedReason ?? '' })}</p>`
}

function outcome({ yield: learned }: QuestionView, words: Words): Html | null {
  if (!learned) return null
  const note =
    learned.didNotWork &&
    html`<p class="md-yield-note">${say(words.question.didNotWork, { text: learned.didNotWork })}</p>`
  return html`<section class="md-yield" aria-labelledby="yield-title"><h2 id="yield-title">${sprout} ${words.question.learned}</h2><blockquote>‘${withBreaks(learned.body)}’</blockquote>${note}</section>`
}

function answers(question: QuestionView, words: Words, locale: PageLocale): Html {
  const heading = html`<div class="md-answers-head"><h2 id="answers-title">${say(words.question.answers, { n: question.answers.length })}</h2></div>`
  const counts = perspectives
    .map((value) => ({ value, count: question.answers.filter((answer) => answer.perspective === value).length }))
    .filter(({ count }) => count > 0)
    .map(({ value, count }) => html`<span class="md-tag">${words.perspective[value]} ${count}</span>`)
  const cards = question.answers.map((answer) => answerCard(answer, words, locale))
  return html`<section aria-labelledby="answers-title">${heading}${question.answers.length === 0 && html`<p class="md-card md-card--dashed md-card--padded">${words.question.quiet}</p>`}<p class="md-filters">${counts}</p>${cards}${missing(question, words, locale)}</section>`
}

function missing(question: QuestionView, words: Words, locale: PageLocale): Html | null {
  if (question.closedAt || question.answers.length === 0 || question.missingPerspectives.length === 0) return null
  const perspectives = listIn(
    locale,
    question.missingPerspectives.map((one) => words.perspectiveInside[one]),
  )
  return html`<p class="md-card md-card--dashed md-card--padded">${say(words.question.missing, { perspectives })}</p>`
}

function answerCard(answer: AnswerView, words: Words, locale: PageLocale): Html {
  const flag = answer.helped && html`<p class="md-answer-flag">${sprout}<span>${words.question.helped}</span></p>`
  const referral =
    answer.referral &&
    html`<p class="md-referral">${arrow}<span><a href="${answer.referral.url}" rel="noopener nofollow ugc">${answer.referral.title}</a> <span class="md-small md-muted">${say(words.question.elsewhere, { host: hostOf(answer.referral.url) })}</span></span></p>`
  const further = answer.followUps.map(
    (post) =>
      html`<li class="md-reply" id="antwoord-${post.id}">${by(post.author, post, words, locale, null)}<p>${withBreaks(post.body)}</p></li>`,
  )
  const thanks =
    answer.thanks > 0 &&
    html`<p class="md-acts md-small md-muted">${say(words.question.thanks, { n: answer.thanks })}</p>`
  return html`<article id="antwoord-${answer.id}" class="${answer.helped ? 'md-card md-answer md-answer--marked' : 'md-card md-answer'}">${flag}<div class="md-answer-head">${by(answer.author, answer, words, locale, 'h3')}<span class="md-tag md-tag--${tones[answer.perspective]}">${words.perspective[answer.perspective]}</span></div><p class="md-body">${withBreaks(answer.body)}</p>${referral}${further.length > 0 && html`<ul>${further}</ul>`}${thanks}</article>`
}

type Written = { askedAt: string; editedAt: string | null } | { postedAt: string; editedAt: string | null }

function by(author: AuthorView, post: Written, words: Words, locale: PageLocale, heading: 'h3' | null): Html {
  const at = 'askedAt' in post ? post.askedAt : post.postedAt
  const work = author.jobTitle ?? (author.roleKind && words.role[author.roleKind])
  const region =
    author.region && author.anonymous ? say(words.question.region, { region: author.region }) : author.region
  const line = [work, region].filter(Boolean).join(', ')
  const name = nameOf(author, words)
  const named = heading
    ? html`<h3 class="md-by-name md-author">${name}</h3>`
    : html`<span class="md-by-name md-author">${name}</span>`
  const edited = post.editedAt && html`, ${say(words.question.edited, { date: dateIn(locale, post.editedAt) })}`
  return html`<div class="md-by">${portrait(author)}<span>${named}<span class="md-by-line">${line !== '' && html`${line}, `}<time datetime="${at}">${dateIn(locale, at)}</time>${edited}</span></span></div>`
}

/** The name, or what stands in its place when there is none to show. */
export function nameOf(author: AuthorView, words: Words): string {
  if (author.anonymous) return author.isAsker ? words.question.asker : words.question.anonymous
  return author.name ?? words.question.left
}

const tints = ['#AEDCC5', '#FFE38F', '#B6D9EA', '#FFC7B7', '#EBC4DD']

/** The chosen head, nobody for who is anonymous, else initials on a tint: the same as in the web app. */
function portrait({ anonymous, portrait: head, name }: AuthorView): Html {
  const letters = [...(name ?? '')].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0)
  const words = (name ?? '').split(/\s+/).filter((word) => /^\p{Lu}/u.test(word))
  const initials =
    [words.at(0), words.length > 1 ? words.at(-1) : undefined].map((word) => word?.charAt(0) ?? '').join('') || '?'
  const drawn =
    anonymous || head
      ? html`<use href="/portraits.svg#${anonymous ? 'anonymous' : head}" width="40" height="40"/>`
      : html`<rect width="40" height="40" fill="${tints[letters % tints.length]}"/><text x="20" y="25.4" text-anchor="middle" font-size="15" fill="#17211C">${initials}</text>`
  return html`<svg class="md-portret" width="40" height="40" viewBox="0 0 40 40" aria-hidden="true">${drawn}</svg>`
}

function side(question: QuestionView, words: Words): Html {
  const figures: [n: number, text: string][] = [
    [question.peopleAsked, words.question.asked],
    [question.answers.length, words.question.thought],
    [question.meToos, words.question.metoo],
  ]
  const lines = figures.filter(([n]) => n > 0).map(([n, text]) => html`<div><dt>${text}</dt><dd>${n}</dd></div>`)
  if (lines.length === 0) return html`<aside class="md-rail"></aside>`
  return html`<aside class="md-rail"><section class="md-card md-card--padded"><h2>${words.question.facts}</h2><dl class="md-numbers">${lines}</dl></section></aside>`
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : ''
}
