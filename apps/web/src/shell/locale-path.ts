import type {
  LocationQueryRaw,
  RouteLocationNormalizedLoaded,
  RouteLocationRaw,
  RouteParamsRawGeneric,
} from 'vue-router'
import { locale as currentLocale } from './i18n.ts'
import type { RouteLocale } from './page-route.ts'

export interface PageTarget {
  name: string
  params?: RouteParamsRawGeneric
  query?: LocationQueryRaw
  hash?: string
}

/** The address of a page, by its name, in the language of the reader or the one asked for. */
export function localePath(target: PageTarget, locale: RouteLocale = currentLocale.value): RouteLocationRaw {
  return { ...target, name: locale === 'nl' ? target.name : `en.${target.name}` }
}

/** The same page in the other language. */
export function samePageIn(locale: RouteLocale, route: RouteLocationNormalizedLoaded): RouteLocationRaw {
  const { page } = route.meta
  if (!page || page === 'not-found') return localePath({ name: 'home' }, locale)
  return localePath({ name: page, params: route.params, query: route.query, hash: route.hash }, locale)
}

/** English lives under /en, Dutch everywhere else. */
export function localeOfPath(path: string): RouteLocale {
  return /^\/en(\/|$)/.test(path) ? 'en' : 'nl'
}
