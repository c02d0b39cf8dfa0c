import { i18n, locale } from './i18n.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Formatters in the language of the reader; used in templates they follow a change of language. */
export function useFormat() {
  return { formatMoment, formatDate, formatTime, formatNumber, formatHours }
}

/** How long ago until 24 hours, then the weekday, then the date (UX 2.2). */
export function formatMoment(moment: string | Date, now = new Date()): string {
  const then = new Date(moment)
  const ago = now.getTime() - then.getTime()
  if (ago >= 0 && ago < minute) return i18n.global.t('shell.moment.now')
  if (ago >= 0 && ago < hour) return relative(Math.floor(ago / minute), 'minute')
  if (ago >= 0 && ago < day) return relative(Math.floor(ago / hour), 'hour')
  if (ago >= 0 && ago < 6 * day) {
    const weekday = new Intl.DateTimeFormat(tag(), { weekday: 'long' }).format(then)
    return i18n.global.t('shell.moment.weekday', { weekday, time: formatTime(then) })
  }
  return formatDate(then, now)
}

/** A date in words, with the year only when it is another one. */
export function formatDate(moment: string | Date, now = new Date()): string {
  const then = new Date(moment)
  const year = then.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const }
  return new Intl.DateTimeFormat(tag(), { day: 'numeric', month: 'long', ...year }).format(then)
}

/** 14.06 in Dutch, 14:06 in English. */
export function formatTime(moment: string | Date): string {
  const time = new Intl.DateTimeFormat(tag(), { hour: '2-digit', minute: '2-digit', hour12: false }).format(
    new Date(moment),
  )
  return locale.value === 'nl' ? time.replace(':', '.') : time
}

/** A number with the separators of the language. */
export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(tag(), options).format(value)
}

/** Hours as people say them: minutes below one, days from 48 on. */
export function formatHours(hours: number): string {
  if (hours < 1) return i18n.global.t('shell.duration.minutes', Math.max(1, Math.round(hours * 60)))
  if (hours < 48) return i18n.global.t('shell.duration.hours', Math.round(hours))
  return i18n.global.t('shell.duration.days', Math.round(hours / 24))
}

function relative(amount: number, unit: 'minute' | 'hour'): string {
  return new Intl.RelativeTimeFormat(tag()).format(-amount, unit)
}

function tag(): string {
  return locale.value === 'nl' ? 'nl-NL' : 'en-GB'
}
