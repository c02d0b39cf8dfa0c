import { describe, expect, it } from 'vitest'
import { mailDueAt } from './pace.ts'
import type { Pace } from './schemas.ts'

const due = (pace: Pace, now: string) => mailDueAt(pace, new Date(now))?.toISOString() ?? null

describe('the moment of mail', () => {
  it.each<[Pace, string, string, string | null]>([
    ['at_once', 'at once is now', '2026-11-21T12:34:56.000Z', '2026-11-21T12:34:56.000Z'],
    ['pause', 'pause is never', '2026-11-20T12:00:00.000Z', null],
    ['bundled', 'the next full hour on a Friday', '2026-11-20T09:10:00.000Z', '2026-11-20T10:00:00.000Z'],
    ['bundled', 'exactly on the hour waits for the next', '2026-11-20T09:00:00.000Z', '2026-11-20T10:00:00.000Z'],
    ['bundled', 'the first hour of the day', '2026-11-20T06:59:59.000Z', '2026-11-20T07:00:00.000Z'],
    ['bundled', 'early in the night waits for half past eight', '2026-11-20T05:59:59.000Z', '2026-11-20T07:30:00.000Z'],
    ['bundled', 'the last hour of the day', '2026-11-19T16:59:59.000Z', '2026-11-19T17:00:00.000Z'],
    ['bundled', 'the evening waits for the morning', '2026-11-19T17:00:00.000Z', '2026-11-20T07:30:00.000Z'],
    ['bundled', 'Friday evening waits for Monday', '2026-11-20T17:00:00.000Z', '2026-11-23T07:30:00.000Z'],
    ['bundled', 'the weekend waits for Monday', '2026-11-21T12:00:00.000Z', '2026-11-23T07:30:00.000Z'],
    ['daily', 'before half past eight is today', '2026-11-21T07:29:59.000Z', '2026-11-21T07:30:00.000Z'],
    ['daily', 'at half past eight is tomorrow', '2026-11-21T07:30:00.000Z', '2026-11-22T07:30:00.000Z'],
    ['daily', 'over the start of summer time', '2026-03-28T12:00:00.000Z', '2026-03-29T06:30:00.000Z'],
    ['daily', 'over the end of summer time', '2026-10-24T12:00:00.000Z', '2026-10-25T07:30:00.000Z'],
    ['daily', 'inside the hour that comes twice', '2026-10-25T00:30:00.000Z', '2026-10-25T07:30:00.000Z'],
    ['daily', 'over the end of the year', '2026-12-31T23:30:00.000Z', '2027-01-01T07:30:00.000Z'],
    ['weekly', 'Monday before half past eight is today', '2026-11-23T07:00:00.000Z', '2026-11-23T07:30:00.000Z'],
    ['weekly', 'Monday after half past eight is next week', '2026-11-23T08:00:00.000Z', '2026-11-30T07:30:00.000Z'],
    ['weekly', 'over the start of summer time', '2026-03-25T12:00:00.000Z', '2026-03-30T06:30:00.000Z'],
  ])('%s: %s', (pace, _name, now, expected) => {
    expect(due(pace, now)).toBe(expected)
  })

  it('is never in the past and never on a weekend for a bundle', () => {
    for (let hour = 0; hour < 24 * 400; hour += 1.3) {
      const now = new Date(Date.UTC(2026, 0, 1) + hour * 3_600_000)
      const bundle = mailDueAt('bundled', now)
      expect(bundle?.getTime()).toBeGreaterThan(now.getTime())
      expect([0, 6]).not.toContain(bundle?.getUTCDay())
    }
  })
})
