import { randomUUID } from 'node:crypto'
import { givenDatabase } from '@meedenk/db/test/database'
import { ProductError } from '@meedenk/domain/errors'
import { expect, it } from 'vitest'
import { delaySeconds, type Limit, throttle } from './throttle.ts'

const database = await givenDatabase()
const limit: Limit = { name: 'test', free: 3, baseSeconds: 5, mostSeconds: 60, windowSeconds: 600 }

it.each([
  [0, 0],
  [2, 0],
  [3, 5],
  [4, 10],
  [6, 40],
  [7, 60],
  [1000, 60],
])('after %i times one waits %i seconds', (hits, seconds) => {
  expect(delaySeconds(limit, hits)).toBe(seconds)
})

it('counts what comes at once exactly, waits as it says, and forgets after a quiet time', async () => {
  const who = randomUUID()
  const start = Date.now()
  const tryAt = (seconds: number) =>
    throttle(database.api, new Date(start + seconds * 1000), [[limit, who]]).then(
      () => 'counted',
      (error) => (error instanceof ProductError ? Number(error.facts.retryAfter) : error),
    )
  const burst = await Promise.all(Array.from({ length: 10 }, () => tryAt(0)))
  expect(burst.filter((outcome) => outcome === 'counted')).toHaveLength(3)
  expect(burst.filter((outcome) => outcome === 5)).toHaveLength(7)
  expect(await tryAt(4.5)).toBe(1)
  expect(await tryAt(5)).toBe('counted')
  expect(await tryAt(6)).toBe(9)
  expect(await tryAt(14)).toBe(1)
  expect(await tryAt(15)).toBe('counted')
  expect(await tryAt(15 + 599)).toBe('counted')
  expect(await tryAt(15 + 599 + 600)).toBe('counted')
  expect(await tryAt(15 + 599 + 600)).toBe('counted')
})

it('counts nobody when one of several is refused', async () => {
  const [busy, quiet] = [randomUUID(), randomUUID()]
  const now = new Date()
  for (let n = 0; n < 3; n++) await throttle(database.api, now, [[limit, busy]])
  for (let n = 0; n < 5; n++) {
    const both = throttle(database.api, now, [
      [limit, quiet],
      [limit, busy],
    ])
    await expect(both).rejects.toThrow('too_many_requests')
  }
  for (let n = 0; n < 3; n++) await throttle(database.api, now, [[limit, quiet]])
})
