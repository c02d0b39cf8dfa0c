import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson, givenRegion, givenTheme } from '@meedenk/db/test/factories'
import { RegionList, ThemeList } from '@meedenk/domain/themes/schemas'
import { describe, expect, it } from 'vitest'
import { givenApi } from '../../test/api.ts'

const database = await givenDatabase()
const api = await givenApi(database)

describe('the list of themes', () => {
  it('shows everybody each theme with the number of active experts', async () => {
    const theme = await givenTheme(database)
    await givenPerson(database, { expertises: [theme.id] })
    await givenPerson(database, { expertises: [theme.id], state: 'paused' })

    const answer = await api.visitor('GET', '/themes')

    const shown = ThemeList.parse(answer.body).items.find((item) => item.id === theme.id)
    expect(shown?.experts).toBe(1)
    expect(answer.headers['cache-control']).toBe('public, max-age=60')
  })
})

describe('the list of regions', () => {
  it('holds every municipality', async () => {
    const region = await givenRegion(database)

    const answer = await api.visitor('GET', '/regions')

    expect(RegionList.parse(answer.body).items.map((item) => item.code)).toContain(region.code)
  })
})

describe('an unknown address', () => {
  it('is refused as problem+json in the language of the reader', async () => {
    const dutch = await api.visitor('GET', '/nergens')
    const english = await api.visitor('GET', '/nergens', undefined, { headers: { 'accept-language': 'en' } })

    expect(dutch.status).toBe(404)
    expect(dutch.headers['content-type']).toContain('application/problem+json')
    expect(dutch.body.title).toContain('straat')
    expect(english.body.title).toContain('dead end')
  })
})
