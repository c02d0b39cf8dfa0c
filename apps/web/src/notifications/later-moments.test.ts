import { expect, test } from 'vitest'
import { laterMoment, laterOptions } from './later-moments.ts'

const at = (text: string) => new Date(`2026-11-${text}:00`)

test.each([
  ['tonight', '21T10:30', '21T19:00'],
  ['tomorrow', '21T10:30', '22T08:00'],
  ['monday', '21T10:30', '23T08:00'],
  ['monday', '22T10:30', '23T08:00'],
  ['monday', '23T07:00', '30T08:00'],
] as const)('%s, said on %s, is %s', (choice, now, then) => {
  expect(laterMoment(choice, at(now))).toEqual(at(then))
})

test('tonight is no choice in the evening, nor is tomorrow on Sunday', () => {
  expect(laterOptions(at('21T10:30'))).toEqual(['tonight', 'tomorrow', 'monday'])
  expect(laterOptions(at('21T20:30'))).toEqual(['tomorrow', 'monday'])
  expect(laterOptions(at('22T10:30'))).toEqual(['tonight', 'monday'])
})
