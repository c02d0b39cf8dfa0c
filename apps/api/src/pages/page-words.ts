import en from './locales/en.json' with { type: 'json' }
import nl from './locales/nl.json' with { type: 'json' }

export type PageLocale = 'nl' | 'en'
export type Words = typeof nl

const all: Record<PageLocale, Words> = { nl, en }

/** The texts of the pages that the server makes. */
export const wordsOf = (locale: PageLocale): Words => all[locale]

/** Puts facts into a text, and picks the form that fits `n`: "one | many" or "none | one | many". */
export function say(text: string, facts: Record<string, string | number> = {}): string {
  return formFor(text, facts['n']).replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''))
}

function formFor(text: string, n: string | number | undefined): string {
  if (!text.includes(' | ')) return text
  const forms = text.split(' | ')
  const last = forms.length - 1
  const index = forms.length === 2 ? (Number(n) === 1 ? 0 : 1) : Math.min(Number(n), last)
  return forms[index] ?? text
}

const dates = Object.fromEntries(
  (['nl', 'en'] as const).map((locale) => [
    locale,
    new Intl.DateTimeFormat(all[locale].language.tag, {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'Europe/Amsterdam',
    }),
  ]),
)

const knownDates = { nl: new Map<string, string>(), en: new Map<string, string>() }
const knownDatesMax = 10_000

/** A date in words; pages are kept, so they never say "an hour ago". A day begins on a whole hour, so one answer does for all of its moments. */
export function dateIn(locale: PageLocale, moment: string): string {
  const [known, hour] = [knownDates[locale], moment.slice(0, 13) + moment.slice(-6)]
  const found = known.get(hour)
  if (found !== undefined) return found
  const date = dates[locale]?.format(new Date(moment)) ?? ''
  if (known.size >= knownDatesMax) known.clear()
  known.set(hour, date)
  return date
}

const lists = { nl: new Intl.ListFormat('nl'), en: new Intl.ListFormat('en') }

/** "beleid en kennis". */
export const listIn = (locale: PageLocale, words: string[]): string => lists[locale].format(words)

/** Hours as people say them: minutes below one, days from 48 on. */
export function hoursIn(words: Words, hours: number): string {
  if (hours < 1) return say(words.duration.minutes, { n: Math.max(1, Math.round(hours * 60)) })
  if (hours < 48) return say(words.duration.hours, { n: Math.round(hours) })
  return say(words.duration.days, { n: Math.round(hours / 24) })
}
