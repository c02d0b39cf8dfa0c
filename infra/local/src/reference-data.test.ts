import { readFileSync } from 'node:fs'
import { bonds, RegionCode, tints } from '@meedenk/domain/themes/schemas'
import { describe, expect, it } from 'vitest'
import themes from '../content/themes.json' with { type: 'json' }

const slugs = themes.map(({ slug }) => slug)

describe('the themes', () => {
  it('are thirty, each with an address of its own and a name in both languages', () => {
    expect(new Set(slugs).size).toBe(30)
    expect(themes.filter(({ name, nameEn, description }) => !name || !nameEn || !description)).toEqual([])
  })

  it('have three or four neighbours that exist, never themselves', () => {
    const wrong = themes.filter(({ slug, neighbours }) => {
      const known = neighbours.every((neighbour) => slugs.includes(neighbour) && neighbour !== slug)
      return !known || neighbours.length < 3 || neighbours.length > 4 || new Set(neighbours).size < neighbours.length
    })

    expect(wrong).toEqual([])
  })

  it('have a pattern and a tint of their own, never the tint of closed rooms', () => {
    const looks = themes.map(({ bond, tint }) => ({ bond, tint }))

    expect(looks.filter(({ bond }) => !bonds.some((known) => known === bond))).toEqual([])
    expect(looks.filter(({ tint }) => tint === 'kamer' || !tints.some((known) => known === tint))).toEqual([])
  })
})

describe('the regions', () => {
  const [, ...rows] = readFileSync(new URL('../content/regions.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  const cells = rows.map((row) => row.split(';'))

  it('are the 342 municipalities in 35 labour market regions', () => {
    expect(cells).toHaveLength(342)
    expect(new Set(cells.map(([code]) => code)).size).toBe(342)
    expect(new Set(cells.map(([, , , region]) => region)).size).toBe(35)
  })

  it('have a code of Statistics Netherlands, a name, a province and inhabitants', () => {
    const wrong = cells.filter((row) => {
      const [code, name, province, , , inhabitants] = row
      return (
        row.length !== 6 || !RegionCode.safeParse(code).success || !name || !province || !(Number(inhabitants) > 900)
      )
    })

    expect(wrong).toEqual([])
  })
})
