import { describe, expect, it } from 'vitest'
import { paceOf } from './status.ts'

describe('paceOf', () => {
  it.each([
    [null, 'ok'],
    [0, 'ok'],
    [59.9, 'ok'],
    [60, 'slow'],
    [599, 'slow'],
    [600, 'down'],
  ] as const)('calls %s seconds %s', (seconds, pace) => expect(paceOf(seconds, { slow: 60, down: 600 })).toBe(pace))
})
