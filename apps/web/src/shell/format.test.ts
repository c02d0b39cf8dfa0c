import { beforeEach, describe, expect, it } from 'vitest'
import { formatDate, formatHours, formatMoment, formatNumber, formatTime } from './format.ts'
import { setLocale } from './i18n.ts'

const now = new Date('2026-11-21T14:00:00')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

describe('moments in Dutch', () => {
  beforeEach(() => setLocale('nl'))

  it.each([
    [0, 'zojuist'],
    [12, '12 minuten geleden'],
    [60, '1 uur geleden'],
    [23 * 60, '23 uur geleden'],
    [3 * 24 * 60, 'woensdag 14.00 uur'],
    [10 * 24 * 60, '11 november'],
    [400 * 24 * 60, '17 oktober 2025'],
  ])('%i minutes ago reads as %s', (minutes, text) => {
    expect(formatMoment(minutesAgo(minutes), now)).toBe(text)
  })

  it('writes times with a full stop and numbers with a comma', () => {
    expect(formatTime(now)).toBe('14.00')
    expect(formatNumber(1234.5)).toBe('1.234,5')
  })

  it.each([
    [0.68, '41 minuten'],
    [1, '1 uur'],
    [3.8, '4 uur'],
    [72, '3 dagen'],
  ])('%d hours read as %s', (hours, text) => {
    expect(formatHours(hours)).toBe(text)
  })
})

describe('moments in English', () => {
  beforeEach(() => setLocale('en'))

  it('writes weekdays and times the British way', () => {
    expect(formatMoment(minutesAgo(3 * 24 * 60), now)).toBe('Wednesday 14:00')
    expect(formatDate(minutesAgo(400 * 24 * 60), now)).toBe('17 October 2025')
    expect(formatHours(4)).toBe('4 hours')
  })
})
