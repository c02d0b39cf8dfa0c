import { type PageName, pathOf, reportPath, signInPath } from './page-addresses.ts'
import { type PageLocale, wordsOf } from './page-words.ts'
import { type Html, html } from './safe-html.ts'

const logo: Html = {
  html: `<svg viewBox="0 0 32 32" aria-hidden="true"><g fill="none" stroke-width="5" stroke-linecap="round"><circle cx="16" cy="16" r="11.5" stroke="currentColor" stroke-dasharray="4.2 7.843" transform="rotate(-10 16 16)"/><circle cx="16" cy="16" r="11.5" class="md-logo-gap" stroke-width="6.4" stroke-dasharray="4.2 68" transform="rotate(-10 16 16)"/><circle cx="15.4" cy="15.6" r="10.2" class="md-logo-you" stroke-dasharray="3.8 61" transform="rotate(-9 16 16)"/></g><circle cx="16" cy="16" r="3" fill="currentColor"/></svg>`,
}
// From Lucide (ISC), the same as in the web app.
const icon = (paths: string): Html => ({
  html: `<svg class="md-icon" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`,
})
const icons = {
  questions: icon(
    '<path d="M16 10a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 14.286V4a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2z"/><path d="M20 9a2 2 0 0 1 2 2v10.286a.71.71 0 0 1-1.212.502l-2.202-2.202A2 2 0 0 0 17.172 19H10a2 2 0 0 1-2-2v-1"/>',
  ),
  people: icon(
    '<path d="M18 21a8 8 0 0 0-16 0"/><circle cx="10" cy="8" r="5"/><path d="M22 20c0-3.37-2-6.5-4-8a5 5 0 0 0-.45-8.3"/>',
  ),
  how: icon('<circle cx="12" cy="12" r="10"/><path d="M12 16v-4"/><path d="M12 8h.01"/>'),
  plus: icon('<path d="M5 12h14"/><path d="M12 5v14"/>'),
  signIn: icon('<path d="m10 17 5-5-5-5"/><path d="M15 12H3"/><path d="M15 3h4a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-4"/>'),
}
export const sprout = icon(
  '<path d="M14 9.536V7a4 4 0 0 1 4-4h1.5a.5.5 0 0 1 .5.5V5a4 4 0 0 1-4 4 4 4 0 0 0-4 4c0 2 1 3 1 5a5 5 0 0 1-1 3"/><path d="M4 9a5 5 0 0 1 8 4 5 5 0 0 1-8-4"/><path d="M5 21h14"/>',
)
export const arrow = icon('<path d="M7 7h10v10"/><path d="M7 17 17 7"/>')

type Around = { locale: PageLocale; current?: PageName; otherLanguage: string; zon?: boolean }

/** Header, footer and bottom bar around the content of a page, as a visitor sees them. */
export function inShell({ locale, current, otherLanguage, zon }: Around, content: Html): Html {
  const parts = partsOf(locale)
  const other = locale === 'nl' ? 'en' : 'nl'
  const header = parts.header(current, zon ?? false)
  const link = html`<a href="${otherLanguage}" lang="${other}" hreflang="${other}">${parts.other}</a>`
  return {
    html: `<div class="md-shell">${header}<main id="main" class="md-main" tabindex="-1">${content.html}</main>${parts.footerStart}${link.html}${parts.footerEnd}${parts.tabs(current)}</div>`,
  }
}

const made = new Map<PageLocale, ReturnType<typeof makeParts>>()

function partsOf(locale: PageLocale) {
  const parts = made.get(locale) ?? makeParts(locale)
  made.set(locale, parts)
  return parts
}

function makeParts(locale: PageLocale) {
  const words = wordsOf(locale)
  const to = (name: PageName) => pathOf(name, locale)
  const footer = html`<footer class="md-footer"><div class="md-container"><div class="md-footer-grid"><div><a class="md-logo" href="${to('home')}">${logo}meedenk</a><p class="md-small">${words.shell.promise}</p></div>${footerColumns(locale)}</div><div class="md-footer-end md-small"><span class="md-line">`
  const end = html`<a href="${to('how')}#hulp">${words.shell.help}</a></span></div></div></footer>`
  return {
    other: words.language.other,
    header: remember((current: PageName | undefined, zon: boolean) => header(locale, current, zon).html),
    tabs: remember((current: PageName | undefined) => tabs(locale, current).html),
    footerStart: footer.html,
    footerEnd: end.html,
  }
}

function header(locale: PageLocale, current: PageName | undefined, zon: boolean): Html {
  const { shell } = wordsOf(locale)
  const link = (name: PageName, text: string) =>
    html`<a href="${pathOf(name, locale)}"${here(current === name)}>${text}</a>`
  return html`<a class="md-skip" href="#main">${shell.skip}</a><header class="${zon ? 'md-header md-header--zon' : 'md-header'}"><div class="md-container"><a class="md-logo" href="${pathOf('home', locale)}">${logo}meedenk</a><nav class="md-nav" aria-label="${shell.main}">${link('questions', shell.questions)}${link('people', shell.people)}${link('how', shell.how)}</nav><div class="md-header-tools"><a class="md-btn md-btn--small md-btn--ghost" href="${signInPath(locale)}">${shell.signIn}</a><a class="md-btn md-btn--small md-wide" href="${pathOf('ask', locale)}">${shell.ask}</a></div></div></header>`
}

function footerColumns(locale: PageLocale): Html[] {
  const { shell } = wordsOf(locale)
  const to = (name: PageName) => pathOf(name, locale)
  const columns: [title: string, links: [path: string, text: string][]][] = [
    [
      shell.join,
      [
        [to('how'), shell.how],
        [to('rules'), shell.rules],
        [to('ask'), shell.ask],
      ],
    ],
    [
      shell.trust,
      [
        [to('privacy'), shell.privacy],
        [to('accessibility'), shell.accessibility],
        [to('promise'), shell.measured],
      ],
    ],
    [
      shell.aboutUs,
      [
        [to('about'), shell.about],
        [to('status'), shell.status],
        [reportPath(locale), shell.report],
      ],
    ],
  ]
  return columns.map(
    ([title, links]) =>
      html`<div class="md-small"><h2>${title}</h2><ul>${links.map(([path, text]) => html`<li><a href="${path}">${text}</a></li>`)}</ul></div>`,
  )
}

function tabs(locale: PageLocale, current: PageName | undefined): Html {
  const { shell } = wordsOf(locale)
  const tab = (name: PageName, image: Html, text: string) =>
    html`<a href="${pathOf(name, locale)}"${here(current === name)}>${image}<span>${text}</span></a>`
  return html`<nav class="md-tabbar" aria-label="${shell.bottom}">${tab('questions', icons.questions, shell.questions)}${tab('how', icons.how, shell.howShort)}<a class="md-tabbar-ask" href="${pathOf('ask', locale)}"${here(current === 'ask')}><span>${icons.plus}</span><span>${shell.askShort}</span></a>${tab('people', icons.people, shell.people)}<a href="${signInPath(locale)}">${icons.signIn}<span>${shell.signIn}</span></a></nav>`
}

const here = (isHere: boolean): Html => ({ html: isHere ? ' aria-current="page"' : '' })

function remember<Input extends unknown[]>(make: (...input: Input) => string): (...input: Input) => string {
  const known = new Map<string, string>()
  return (...input) => {
    const key = input.join()
    const text = known.get(key) ?? make(...input)
    known.set(key, text)
    return text
  }
}
