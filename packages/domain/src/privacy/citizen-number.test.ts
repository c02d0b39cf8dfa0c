import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasCitizenNumber } from './citizen-number.ts'

/** A number that passes, made from eight free digits; undefined when the last digit would have to be ten. */
function completed(eight: number[]): string | undefined {
  const sum = eight.reduce((total, digit, place) => total + digit * (9 - place), 0)
  const last = sum % 11
  return last > 9 || eight.every((digit) => digit === 0) ? undefined : [...eight, last].join('')
}

describe('a citizen number in a text', () => {
  it.each([
    ['plain', 'Zijn BSN is 111222333 en hij wacht'],
    ['with dots', 'bsn 1112.22.333'],
    ['with spaces', 'BSN: 111 222 333.'],
    ['against letters', 'bsn111222333x'],
    ['after a year', 'in 2026 111222333 gezien'],
    ['starting with a zero', 'nummer 012345672'],
  ])('is found %s', (_how, text) => {
    expect(hasCitizenNumber(text)).toBe(true)
  })

  it.each([
    ['nine digits that fail the test', '111222334'],
    ['ten digits', '1112223330'],
    ['a telephone number', 'bel +31 6 11122233 of 06-11122233'],
    ['only zeros', '000000000'],
    ['an amount', '€ 1.250 per maand'],
    ['a date', '21.11.2026'],
    ['no digits', 'Hoe pak ik dit aan?'],
  ])('is not seen in %s', (_what, text) => {
    expect(hasCitizenNumber(text)).toBe(false)
  })

  it('is found wherever it stands, and no other last digit passes', () => {
    void fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 8 }),
        fc.string(),
        (eight, around) => {
          const number = completed(eight)
          if (!number || /[\d. ]$/.test(around) || /^[\d. ]/.test(around)) return
          expect(hasCitizenNumber(`${around}${number}${around}`)).toBe(true)
          const other = number.slice(0, 8) + ((Number(number[8]) + 1) % 10)
          expect(hasCitizenNumber(`bsn ${other}`)).toBe(false)
        },
      ),
    )
  })

  it('takes linear time on a long row of digits', () => {
    const started = performance.now()
    hasCitizenNumber('1 '.repeat(500_000))
    hasCitizenNumber('1'.repeat(1_000_000))
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
