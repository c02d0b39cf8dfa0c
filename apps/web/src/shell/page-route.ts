import type { Component } from 'vue'

export type RouteLocale = 'nl' | 'en'

/** One page of a room; the router makes a Dutch and an English address from it. */
export interface PageRoute {
  /** The name that links use, the same in both languages. */
  name: string
  /** Dutch at the root; English without /en, which the router adds. */
  path: { nl: string; en: string }
  component: () => Promise<Component | { default: Component }>
  /** Message key of the title, for pages whose title does not depend on content. */
  title?: string
  zone?: 'plein' | 'kamer'
  /** Who may open it; a visitor is led to sign-in and back. */
  needs?: 'person' | 'moderator'
  /** The yellow header that flows into a yellow hero. */
  header?: 'zon'
  /** Only what search engines must not keep. */
  noIndex?: boolean
}

declare module 'vue-router' {
  interface RouteMeta {
    page?: string
    locale?: RouteLocale
    title?: string
    zone?: 'plein' | 'kamer'
    needs?: 'person' | 'moderator'
    header?: 'zon'
    noIndex?: boolean
  }
}
