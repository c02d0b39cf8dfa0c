import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson } from '@meedenk/db/test/factories'
import { DraftView } from '@meedenk/domain/questions/schemas'
import { describe, expect, it } from 'vitest'
import { givenApi } from '../../test/api.ts'

const database = await givenDatabase()
const api = await givenApi(database)
// No draft is no mistake: a 404 would leave a red line in the browser's console.
const nothing = { status: 200, body: null }

describe('a draft', () => {
  it('is kept for its writer only, the latest wins, and may be thrown away twice', async () => {
    const [person, other] = [await givenPerson(database), await givenPerson(database)]
    const content = { title: 'Half \u0000 af 🎈', themes: [1, 2] }
    expect(await api.as(person, 'GET', '/drafts/ask')).toMatchObject(nothing)
    expect((await api.as(person, 'PUT', '/drafts/ask', { content: { title: 'Eerst' } })).status).toBe(204)
    expect((await api.as(person, 'PUT', '/drafts/ask', { content })).status).toBe(204)
    expect(DraftView.parse((await api.as(person, 'GET', '/drafts/ask')).body).content).toEqual(content)
    expect(await api.as(other, 'GET', '/drafts/ask')).toMatchObject(nothing)
    expect((await api.as(other, 'DELETE', '/drafts/ask')).status).toBe(204)
    expect((await api.as(person, 'GET', '/drafts/ask')).body).not.toBeNull()
    for (let n = 0; n < 2; n++) expect((await api.as(person, 'DELETE', '/drafts/ask')).status).toBe(204)
    expect(await api.as(person, 'GET', '/drafts/ask')).toMatchObject(nothing)
  })

  it('makes room: the fifty last ones stay', async () => {
    const person = await givenPerson(database)
    const key = (n: number) => `answer-00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
    for (let n = 0; n < 52; n++) await api.as(person, 'PUT', `/drafts/${key(n)}`, { content: { n } })
    expect(await api.as(person, 'GET', `/drafts/${key(1)}`)).toMatchObject(nothing)
    expect((await api.as(person, 'GET', `/drafts/${key(2)}`)).body.content).toEqual({ n: 2 })
  })

  it.each([
    ['/drafts/iets', {}, 404],
    ['/drafts/ask', {}, 422],
    ['/drafts/ask', { content: 'x' }, 422],
    ['/drafts/ask', { content: { text: 'x'.repeat(20_001) } }, 422],
  ])('refuses %s', async (path, body, status) => {
    expect((await api.as(await givenPerson(database), 'PUT', path, body)).status).toBe(status)
  })
})
