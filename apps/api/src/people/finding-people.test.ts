import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson, givenRegion, givenTheme } from '@meedenk/db/test/factories'
import { PeoplePage } from '@meedenk/domain/people/schemas'
import { describe, expect, it } from 'vitest'
import { givenApi } from '../../test/api.ts'

const database = await givenDatabase()
const api = await givenApi(database)

describe('the people', () => {
  it('are found by name, expertise, role and visible region, page by page', async () => {
    const theme = await givenTheme(database, { name: 'Zeldzaam ambacht' })
    const region = await givenRegion(database)
    const reader = await givenPerson(database, { name: 'Aa Lezer' })
    const names = ['Quirijn Aap', 'Quirijn Beer', 'Quirijn Cavia']
    const [first, second] = await Promise.all(
      names.map((name) =>
        givenPerson(database, { name, expertises: [theme.id], regionCode: region.code, roleKind: 'policy' }),
      ),
    )
    await database.owner.query(`update people set region_visibility = 'nobody' where id = $1`, [second?.personId])
    await database.owner.query(`update people set onboarded_at = null where id = $1`, [
      (await givenPerson(database, { name: 'Quirijn Nieuw' })).personId,
    ])
    await database.owner.query(`update people set profile_visibility = 'nobody' where id = $1`, [
      (await givenPerson(database, { name: 'Quirijn Verborgen' })).personId,
    ])
    await givenPerson(database, { name: 'Quirijn Pauze', state: 'paused' })
    const find = async (query: string) => {
      const page = PeoplePage.parse((await api.as(reader, 'GET', `/people?${query}`)).body)
      return { names: page.items.map((item) => item.name), next: page.next, first: page.items[0] }
    }

    expect((await find('q=quirijn')).names).toEqual(names)
    expect((await find('q=Quirin')).names).toEqual(names)
    expect((await find('q=zeldzaam')).names).toEqual(names)
    expect((await find(`theme=${theme.slug}`)).names).toEqual(names)
    expect((await find(`region=${region.code}`)).names).toEqual(['Quirijn Aap', 'Quirijn Cavia'])
    expect((await find('q=quirijn&role=practice')).names).toEqual([])
    expect((await find('q=%25')).names).toEqual([])
    expect((await find('q=quirijn')).first).toMatchObject({ handle: first?.handle, expertises: [{ id: theme.id }] })
    const page = await find('q=quirijn&limit=2')
    expect(page.names).toEqual(names.slice(0, 2))
    const rest = await find(`q=quirijn&limit=2&after=${page.next}`)
    expect([rest.names, rest.next]).toEqual([names.slice(2), null])
  })

  it('are guessed at only when few have the name itself, and are found by two letters of it', async () => {
    const reader = await givenPerson(database)
    for (let n = 0; n < 26; n++) await givenPerson(database, { name: `Wolfram ${String(n).padStart(2, '0')}` })
    await givenPerson(database, { name: 'Wolfrxm Lijkterop' })
    await givenPerson(database, { name: 'Éé Weinig' })
    const find = async (q: string) =>
      PeoplePage.parse((await api.as(reader, 'GET', `/people?limit=50&q=${encodeURIComponent(q)}`)).body).items

    expect(await find('Wolfram')).toHaveLength(26)
    expect((await find('Wolfrxm')).map((item) => item.name)).toContain('Wolfrxm Lijkterop')
    expect(await find('Wolfrxm')).toHaveLength(27)
    expect((await find('éé')).map((item) => item.name)).toEqual(['Éé Weinig'])
  })

  it.each([
    ['after=x', 400],
    [`after=${Buffer.from('geen-id|naam').toString('base64url')}`, 400],
    [`after=${Buffer.from('00000000-0000-0000-0000-000000000000|a\0b').toString('base64url')}`, 400],
    ['limit=0', 422],
    ['limit=51', 422],
    ['role=baas', 422],
    ['theme=%00', 422],
    ['onbekend=1', 422],
    ['q=%00%F0%9F%8E%88', 200],
  ])('refuse %s with %i', async (query, status) => {
    expect((await api.as(await givenPerson(database), 'GET', `/people?${query}`)).status).toBe(status)
  })
})
