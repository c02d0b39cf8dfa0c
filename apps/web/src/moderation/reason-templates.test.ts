import { expect, test } from 'vitest'
import { reasonTemplates } from './reason-templates.ts'

test.each(['nl', 'en'] as const)(
  'every decision and rule has a first version in %s, long enough to send',
  async (language) => {
    const rules = [null, 1, 2, 3, 4, 5, 6, 7]
    const texts = await Promise.all([
      reasonTemplates(language, 'keep', null),
      reasonTemplates(language, 'restore', 1),
      ...rules.map((rule) => reasonTemplates(language, 'hide', rule)),
    ])
    for (const text of texts) expect(text.length).toBeGreaterThanOrEqual(10)
    expect(new Set(texts).size).toBe(texts.length)
  },
)
