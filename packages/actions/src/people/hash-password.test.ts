import { ProductError } from '@meedenk/domain/errors'
import { expect, it } from 'vitest'
import { hashPassword, isPassword } from './hash-password.ts'

it('knows the password again and nothing else', async () => {
  const hash = await hashPassword('geitenkaas fietst langzaam')
  expect(hash).not.toBe(await hashPassword('geitenkaas fietst langzaam'))
  expect(await isPassword(hash, 'geitenkaas fietst langzaam')).toBe(true)
  expect(await isPassword(hash, 'Geitenkaas fietst langzaam')).toBe(false)
  expect(await isPassword('no hash at all', 'x')).toBe(false)
  expect(await isPassword(undefined, 'nobody has this password')).toBe(false)
})

it('stays small under a hundred at once: some wait, the rest hear that it is busy', async () => {
  const before = process.memoryUsage().rss
  let highest = before
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().rss)
  }, 20)
  const outcomes = await Promise.allSettled(Array.from({ length: 100 }, (_, n) => hashPassword(`wachtwoord ${n}`)))
  clearInterval(watch)
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused).toHaveLength(100 - 63)
  expect(refused.every(({ reason }) => reason instanceof ProductError && reason.code === 'busy')).toBe(true)
  expect(highest - before).toBeLessThan(6 * 64 * 1024 * 1024)
  expect(await hashPassword('daarna weer gewoon')).toMatch(/^\$argon2id/)
})
