import { computed } from 'vue'
import { createI18n, useI18n } from 'vue-i18n'
import type { RouteLocale } from './page-route.ts'

const loaders: Record<RouteLocale, () => Promise<{ messages: Record<string, object> }>> = {
  nl: () => import('./messages-nl.ts'),
  en: () => import('./messages-en.ts'),
}

export const i18n = createI18n({
  legacy: false,
  locale: 'nl',
  fallbackLocale: false,
  // A missing key shows itself as its name; check-locales keeps that from happening.
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
  messages: {} as Record<RouteLocale, Record<string, object>>,
})

export const locale = computed(() => i18n.global.locale.value as RouteLocale)

/** Loads the texts of a language, once, and shows them. */
export async function setLocale(next: RouteLocale): Promise<void> {
  if (!i18n.global.availableLocales.includes(next)) {
    i18n.global.setLocaleMessage(next, (await loaders[next]()).messages)
  }
  i18n.global.locale.value = next
}

interface ErrorLike {
  code: string
  title?: string
  facts?: Record<string, string | number>
  retryAfter?: number | undefined
}

/** The text of an error, or of why something is not allowed. */
export function useErrorText() {
  const { t, te } = useI18n({ useScope: 'global' })
  return (error: string | ErrorLike): string => {
    const known: ErrorLike = typeof error === 'string' ? { code: error } : error
    const key = `errors.${known.code}`
    const facts = { ...(known.retryAfter ? { retryAfter: known.retryAfter } : {}), ...known.facts }
    // A server that is newer than this page knows errors that we have no words for, and sends its own.
    return te(key) ? t(key, facts) : known.title || t('errors.internal_error')
  }
}
