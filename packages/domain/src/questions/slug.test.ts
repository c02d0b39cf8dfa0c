import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slugOf } from './slug.ts'

describe('the slug of a title', () => {
  it.each([
    ['Hoe snel moet ik iemand spreken?', 'hoe-snel-moet-ik-iemand-spreken'],
    ['Eén schuldeiser zegt nee: café’s & co', 'een-schuldeiser-zegt-nee-cafes-co'],
    ['<script>alert(1)</script>', 'script-alert-1-script'],
    ['🙂🙂🙂🙂🙂🙂', 'vraag'],
    ['Straße in Łódź', 'strasse-in-lodz'],
  ])('of "%s" is "%s"', (title, slug) => {
    expect(slugOf(title)).toBe(slug)
  })

  it('is always short and safe in an address', () => {
    void fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (title) => {
        expect(slugOf(title)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
        expect(slugOf(title).length).toBeLessThanOrEqual(80)
      }),
    )
  })
})
