import { QuestionQuery } from '@meedenk/domain/questions/schemas'
import { describe, expect, it } from 'vitest'
import { filterQuery, listPath, narrowings, readFilters } from './question-filters.ts'

const everything = { state: 'all', theme: null, region: null, missing: null, sort: 'newest' } as const

describe('the filters in the address', () => {
  it('come back as they were written', () => {
    const filters = {
      state: 'waiting',
      theme: 'schulden',
      region: 'GM0344',
      missing: 'policy',
      sort: 'newest',
    } as const

    expect(readFilters(filterQuery(filters))).toEqual(filters)
  })

  it('leave out what is usual, so that the plain list has a plain address', () => {
    expect(filterQuery(readFilters({}))).toEqual({})
    expect(filterQuery(readFilters({ state: 'waiting', sort: 'waiting_longest' }))).toEqual({ state: 'waiting' })
  })

  it('fall away when nobody could have chosen them', () => {
    const read = readFilters({ state: 'secret', theme: 'a&b=c', region: "GM1'; --", missing: ['nonsense'], sort: null })

    expect(read).toEqual(everything)
  })

  it('start with who waits longest where people wait, and with the latest lesson where they learned', () => {
    expect(readFilters({ state: 'waiting' }).sort).toBe('waiting_longest')
    expect(readFilters({ state: 'learned' }).sort).toBe('learned_last')
  })
})

describe('what the API is asked', () => {
  it('is a question list that the API understands', () => {
    const path = listPath(
      { ...everything, state: 'thinking', theme: 'wijkgericht-werken', missing: 'experience' },
      'cursor==',
    )

    const query = Object.fromEntries(new URLSearchParams(path.split('?')[1]))

    expect(QuestionQuery.parse(query)).toMatchObject({
      state: 'thinking',
      theme: 'wijkgericht-werken',
      missing: 'experience',
      after: 'cursor==',
      sort: 'newest',
    })
  })

  it('is the list of kept questions, which knows no other filters', () => {
    expect(listPath({ ...everything, state: 'saved', theme: 'schulden' })).toBe('/questions/saved?limit=20')
  })
})

it('counts what narrows the list, so that the narrowest can be dropped', () => {
  expect(narrowings({ ...everything, theme: 'schulden', missing: 'policy' })).toEqual(['theme', 'missing'])
})
