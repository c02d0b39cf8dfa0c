import { expect, test } from 'vitest'
import { safeNext } from './safe-next.ts'

test.each(['/', '/postvak', '/vragen?state=waiting&after=a-b', '/vragen/12-hoe#denk-mee'])(
  '%s is a path of ours',
  (path) => {
    expect(safeNext(path)).toBe(path)
  },
)

test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  'postvak',
  '/a b',
  '/a\u0000',
  '/a\\b',
  '',
  null,
  ['/postvak'],
  undefined,
])('%j leads nowhere', (value) => {
  expect(safeNext(value)).toBeUndefined()
})
