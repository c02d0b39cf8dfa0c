import { type MaybeRefOrGetter, nextTick, toValue, watchEffect } from 'vue'
import type { RouteLocationNormalized } from 'vue-router'
import { announce } from './announce.ts'
import { i18n } from './i18n.ts'

const brand = 'Meedenk'
const waitForHeadingMs = 3000

/** Makes the document fit the page that was opened: language, zone, title, robots and where reading starts. */
export function showPage(to: RouteLocationNormalized, from: RouteLocationNormalized): void {
  document.documentElement.lang = to.meta.locale ?? 'nl'
  document.documentElement.dataset['zone'] = to.meta.zone ?? 'plein'
  setNoIndex(to.meta.noIndex ?? false)
  if (to.meta.title) setTitle(i18n.global.t(to.meta.title))
  const firstPage = from.matched.length === 0
  if (firstPage || to.path === from.path || to.hash) return
  void nextTick(startReading)
}

/** Gives the page a title that depends on its content. */
export function usePageTitle(title: MaybeRefOrGetter<string | undefined>): void {
  watchEffect(() => {
    const text = toValue(title)
    if (text) setTitle(text)
  })
}

function setTitle(text: string): void {
  document.title = text === brand ? brand : `${text} – ${brand}`
}

function setNoIndex(wanted: boolean): void {
  const present = document.querySelector('meta[name="robots"]')
  if (!wanted) present?.remove()
  else if (!present) {
    const meta = document.createElement('meta')
    meta.name = 'robots'
    meta.content = 'noindex'
    document.head.append(meta)
  }
}

/** Screen readers and keyboards start at the heading; when it comes with the content, we wait for it a moment. */
function startReading(): void {
  const main = document.querySelector('main')
  if (!main || focusHeading(main)) return
  main.focus({ preventScroll: true })
  const observer = new MutationObserver(() => {
    if (document.activeElement !== main || focusHeading(main)) observer.disconnect()
  })
  observer.observe(main, { childList: true, subtree: true })
  setTimeout(() => observer.disconnect(), waitForHeadingMs)
}

function focusHeading(main: Element): boolean {
  const heading = main.querySelector('h1')
  if (!heading) return false
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  announce(heading.textContent?.trim() ?? '')
  return true
}
