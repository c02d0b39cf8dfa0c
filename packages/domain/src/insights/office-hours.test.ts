import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holidaysOf, isOfficeDay, officeMinutesBetween } from './office-hours.ts'

const at = (text: string) => new Date(text)

describe('officeMinutesBetween', () => {
  it.each([
    ['within one working day', '2026-11-18T10:00+01:00', '2026-11-18T11:30+01:00', 90],
    ['from before opening to after closing', '2026-11-18T06:00+01:00', '2026-11-18T22:00+01:00', 480],
    ['overnight', '2026-11-18T16:00+01:00', '2026-11-19T09:30+01:00', 90],
    ['over a weekend', '2026-11-20T16:30+01:00', '2026-11-23T09:30+01:00', 60],
    ['within a weekend', '2026-11-21T10:00+01:00', '2026-11-22T16:00+01:00', 0],
    ['over Easter Monday', '2026-04-03T16:00+02:00', '2026-04-07T10:00+02:00', 120],
    ['over the night the clock goes forward', '2026-03-27T16:00+01:00', '2026-03-30T10:00+02:00', 120],
    ['over the night the clock goes back', '2026-10-23T16:00+02:00', '2026-10-26T10:00+01:00', 120],
    ['over the turn of the year', '2026-12-31T16:00+01:00', '2027-01-04T10:00+01:00', 120],
    ['in the evening', '2026-11-18T18:00+01:00', '2026-11-18T23:00+01:00', 0],
  ])('counts %s', (_name, from, to, minutes) => {
    expect(officeMinutesBetween(at(from), at(to))).toBe(minutes)
  })

  it('is nothing when the second moment is not later, or is no moment', () => {
    expect(officeMinutesBetween(at('2026-11-18T12:00Z'), at('2026-11-18T11:00Z'))).toBe(0)
    expect(officeMinutesBetween(at('2026-11-18T12:00Z'), new Date(Number.NaN))).toBe(0)
  })
})

describe('days off', () => {
  it('knows those of 2025 and 2026', () => {
    expect(holidaysOf(2025)).toEqual([
      '2025-01-01',
      '2025-04-21',
      '2025-04-26',
      '2025-05-05',
      '2025-05-29',
      '2025-06-09',
      '2025-12-25',
      '2025-12-26',
    ])
    expect(holidaysOf(2026)).toEqual([
      '2026-01-01',
      '2026-04-06',
      '2026-04-27',
      '2026-05-14',
      '2026-05-25',
      '2026-12-25',
      '2026-12-26',
    ])
  })

  it('moves the King’s day off a Sunday', () => {
    expect(holidaysOf(2031)).toContain('2031-04-26')
  })

  it('works on 5 May except in lustrum years', () => {
    expect(isOfficeDay(2026, 5, 5)).toBe(true)
    expect(isOfficeDay(2030, 5, 5)).toBe(false)
  })
})

// Whole minutes, so that the parts of a period add up exactly.
const minute = fc
  .integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2032, 0, 1) / 60_000 })
  .map((n) => new Date(n * 60_000))
const nearby = fc.integer({ min: 0, max: 60 * 24 * 40 })

describe('for every pair of moments', () => {
  it('is never more than the clock says', () => {
    void fc.assert(
      fc.property(minute, nearby, (from, length) => {
        const minutes = officeMinutesBetween(from, new Date(from.getTime() + length * 60_000))
        expect(minutes).toBeGreaterThanOrEqual(0)
        expect(minutes).toBeLessThanOrEqual(length)
      }),
    )
  })

  it('adds up over any moment in between', () => {
    void fc.assert(
      fc.property(minute, nearby, nearby, (from, first, second) => {
        const middle = new Date(from.getTime() + first * 60_000)
        const to = new Date(middle.getTime() + second * 60_000)
        expect(officeMinutesBetween(from, middle) + officeMinutesBetween(middle, to)).toBe(
          officeMinutesBetween(from, to),
        )
      }),
    )
  })

  it('agrees with walking minute by minute along the wall clock', () => {
    const wall = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Amsterdam',
      dateStyle: 'short',
      timeStyle: 'short',
    })
    const isOpen = (moment: Date) => {
      const [date = '', time = ''] = wall.format(moment).split(' ')
      const weekday = new Date(`${date}T00:00Z`).getUTCDay()
      return (
        weekday > 0 &&
        weekday < 6 &&
        !holidaysOf(Number(date.slice(0, 4))).includes(date) &&
        time >= '09:00' &&
        time < '17:00'
      )
    }
    void fc.assert(
      fc.property(minute, fc.integer({ min: 0, max: 60 * 30 }), (from, length) => {
        let walked = 0
        for (let n = 0; n < length; n += 1) if (isOpen(new Date(from.getTime() + n * 60_000))) walked += 1
        expect(officeMinutesBetween(from, new Date(from.getTime() + length * 60_000))).toBe(walked)
      }),
      { numRuns: 30 },
    )
  })
})
