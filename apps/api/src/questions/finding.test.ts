import { givenDatabase } from '@meedenk/db/test/database'
import {
  givenAnswer,
  givenChannel,
  givenPerson,
  givenQuestion,
  givenRegion,
  givenTheme,
} from '@meedenk/db/test/factories'
import { AudienceView, QuestionPage, Suggestions } from '@meedenk/domain/questions/schemas'
import { describe, expect, it } from 'vitest'
import { givenApi } from '../../test/api.ts'

const database = await givenDatabase()
const api = await givenApi(database)
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000)

async function list(query: string) {
  const answer = await api.visitor('GET', `/questions?${query}`)
  expect([query, answer.status]).toEqual([query, 200])
  return QuestionPage.parse(answer.body)
}
const idsOf = ({ items }: { items: { id: string }[] }) => items.map((item) => item.id)

describe('the list of questions', () => {
  it('filters by where a question stands, within a theme and on the whole plaza', async () => {
    const theme = await givenTheme(database)
    const [asker, helper] = [await givenPerson(database), await givenPerson(database)]
    const ask = (hours: number) => givenQuestion(database, { author: asker, themes: [theme], askedAt: hoursAgo(hours) })
    const [waiting, longest, thinking, helped, learned] = [
      await ask(1),
      await ask(9),
      await ask(2),
      await ask(3),
      await ask(4),
    ]
    await givenAnswer(database, thinking.id, { author: helper })
    const good = await givenAnswer(database, helped.id, { author: helper })
    await api.as(asker, 'PUT', `/answers/${good.id}/helped`, {})
    await api.as(asker, 'PUT', `/questions/${learned.id}/yield`, { body: 'Nu bellen we eerst.' })
    await givenQuestion(database, { themes: [theme], hiddenAt: new Date() })

    const inTheme = async (query: string) => idsOf(await list(`theme=${theme.slug}&${query}`))
    expect(await inTheme('state=waiting')).toEqual([longest.id, waiting.id])
    expect(await inTheme('state=waiting&sort=newest')).toEqual([waiting.id, longest.id])
    expect(await inTheme('state=thinking')).toEqual([thinking.id])
    expect(await inTheme('state=helped')).toEqual([helped.id])
    expect(await inTheme('state=learned')).toEqual([learned.id])
    expect(await inTheme('state=all')).toEqual([waiting.id, thinking.id, helped.id, learned.id, longest.id])
    expect(await inTheme('sort=waiting_longest')).toEqual([longest.id, learned.id, helped.id, thinking.id, waiting.id])
    expect(await inTheme('sort=learned_last')).toEqual([learned.id])
    expect(idsOf(await list('state=learned'))).toEqual([learned.id])
    expect(idsOf(await list('state=helped'))).toEqual([helped.id])
    expect(idsOf(await list('state=waiting'))[0]).toBe(longest.id)
    const row = (await list('state=learned')).items[0]
    expect(row).toMatchObject({
      state: 'learned',
      yield: 'Nu bellen we eerst.',
      author: { name: asker.name },
      themes: [{ id: theme.id }],
      answers: 0,
    })
  })

  it('filters by missing perspective and by labour market region', async () => {
    const region = await givenRegion(database, { region: 'Twente-test' })
    const neighbour = await givenRegion(database, { region: 'Twente-test' })
    const theme = await givenTheme(database)
    const [here, elsewhere] = [
      await givenQuestion(database, { themes: [theme] }),
      await givenQuestion(database, { themes: [theme] }),
    ]
    await database.owner.query('update questions set shown_region = $2 where id = $1', [here.id, neighbour.code])
    await givenAnswer(database, here.id, { author: await givenPerson(database), perspective: 'policy' })

    expect(idsOf(await list(`region=${region.code}`))).toEqual([here.id])
    expect(idsOf(await list(`theme=${theme.slug}&region=${region.code}`))).toEqual([here.id])
    expect(idsOf(await list(`theme=${theme.slug}&missing=policy`))).toEqual([elsewhere.id])
    expect(idsOf(await list(`theme=${theme.slug}&missing=practice`))).toHaveLength(2)
  })

  it('pages without missing or repeating a row, also when many were asked at the same moment', async () => {
    const theme = await givenTheme(database)
    const same = hoursAgo(5)
    const all = []
    for (let asked = 0; asked < 9; asked++)
      all.push((await givenQuestion(database, { themes: [theme], askedAt: asked < 6 ? same : hoursAgo(asked) })).id)

    for (const query of ['state=waiting', 'state=all', 'sort=waiting_longest']) {
      const seen: string[] = []
      let after = ''
      for (let page = 0; page < 6; page++) {
        const { items, next } = await list(`theme=${theme.slug}&${query}&limit=2${after}`)
        seen.push(...idsOf({ items }))
        if (!next) break
        after = `&after=${next}`
      }
      expect([query, [...seen].sort()]).toEqual([query, [...all].sort()])
    }
  })

  it('never shows what lives in a closed channel', async () => {
    const member = await givenPerson(database)
    const channel = await givenChannel(database, [member])
    const { id } = await givenQuestion(database, { title: 'KANARIE in een besloten kanaal, wie helpt?' })
    await database.owner.query('update questions set channel_id = $2 where id = $1', [id, channel.id])

    for (const path of [
      '/questions?limit=50',
      '/questions?state=waiting&limit=50',
      '/questions/suggestions?q=kanarie%20besloten%20kanaal',
    ]) {
      expect((await api.as(member, 'GET', path)).text).not.toContain('KANARIE')
    }
    expect((await api.as(member, 'GET', `/questions/${id}`)).status).toBe(404)
    expect((await api.visitor('GET', `/questions/${id}`)).status).toBe(404)
  })

  it.each([
    'after=x',
    'after=%00',
    `after=${Buffer.from('2026-99-99T00:00:00Z|0198f000-0000-7000-8000-000000000000').toString('base64url')}`,
  ])('refuses the cursor %s', async (query) => {
    const answer = await api.visitor('GET', `/questions?${query}`)
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_cursor'])
  })

  it.each([
    'state=nowhere',
    'sort=random',
    'limit=0',
    'limit=51',
    'limit=x',
    'theme=%00',
    'theme=A%20B',
    'region=x',
    'missing=x',
    'other=1',
    'state=all&state=all',
  ])('refuses the filter %s', async (query) => {
    const answer = await api.visitor('GET', `/questions?${query}`)
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid_input'])
  })
})

describe('suggestions while typing', () => {
  const suggest = async (q: string) =>
    Suggestions.parse((await api.visitor('GET', `/questions/suggestions?q=${encodeURIComponent(q)}`)).body)

  it('find earlier questions by the words of title and text, also with a typing error', async () => {
    const eviction = await givenQuestion(database, {
      title: 'Hoe voorkomen we een huisuitzetting bij huurachterstand?',
      body: 'De woningcorporatie dreigt met ontruiming.',
    })
    for (let other = 0; other < 20; other++)
      await givenQuestion(database, { title: `Hoe organiseer je overleg nummer ${other} in de wijk?` })

    expect((await suggest('huisuitzettingen voorkomen'))?.items[0]?.id).toBe(eviction.id)
    expect((await suggest('ontruiming door corporatie'))?.items[0]?.id).toBe(eviction.id)
    expect((await suggest('huiuitzeting huurachterstant'))?.items[0]?.id).toBe(eviction.id)
    expect((await suggest('Hoe voorkomen we een huisuitz'))?.items[0]).toMatchObject({
      ...eviction,
      answers: 0,
      hasYield: false,
    })
  })

  it('are three at most, and none for nothing known', async () => {
    expect((await suggest('overleg in de wijk')).items).toHaveLength(3)
    expect((await suggest('zzzz qqqq')).items).toEqual([])
    expect((await suggest('!!! & | :* <-> ()')).items).toEqual([])
    expect((await suggest(`'"\\ \u202e🙂 %_`)).items).toEqual([])
  })

  it('never tell of a hidden or withdrawn question', async () => {
    const { id } = await givenQuestion(database, { title: 'Welke kaasschaaf gebruikt de sociaal raadsman?' })
    expect((await suggest('kaasschaaf sociaal raadsman')).items.map((item) => item.id)).toEqual([id])
    await database.owner.query('update questions set hidden_at = now() where id = $1', [id])
    expect((await suggest('kaasschaaf sociaal raadsman')).items.map((item) => item.id)).not.toContain(id)
  })

  it('also name the themes that the text seems to be about', async () => {
    const theme = await givenTheme(database, { name: 'Fietsenmakerij' })
    expect((await suggest('Waar vind ik een fietsenmakerij voor jongeren?')).themes).toEqual([theme.id])
  })
})

describe('the audience of a question', () => {
  it('counts distinct active people by role, without oneself', async () => {
    const [one, two] = [await givenTheme(database), await givenTheme(database)]
    const region = await givenRegion(database)
    const asker = await givenPerson(database, { expertises: [one.id] })
    await givenPerson(database, { expertises: [one.id, two.id], roleKind: 'practice', regionCode: region.code })
    await givenPerson(database, { expertises: [two.id], roleKind: 'policy' })
    await givenPerson(database, { expertises: [two.id], roleKind: 'citizen' })
    await givenPerson(database, { expertises: [two.id], state: 'paused' })
    const count = async (onlyRegion: string | null) => {
      const answer = await api.as(asker, 'POST', '/questions/audience', { themeIds: [one.id, two.id], onlyRegion })
      expect(answer.status).toBe(200)
      return AudienceView.parse(answer.body)
    }

    expect(await count(null)).toEqual({
      people: 3,
      byRole: { practice: 1, policy: 1, coordination: 0, knowledge: 0, other: 1 },
      medianHours: null,
      showableRole: expect.any(Boolean),
      showableRegion: false,
    })
    expect((await count(region.code)).people).toBe(1)
    expect((await api.visitor('POST', '/questions/audience', { themeIds: [] })).body.people).toBe(0)
  })

  it('tells the usual wait from ten questions on, and lets silence count', async () => {
    const theme = await givenTheme(database)
    const helper = await givenPerson(database)
    const wait = async () =>
      (await api.visitor('POST', '/questions/audience', { themeIds: [theme.id] })).body.medianHours
    for (let asked = 0; asked < 9; asked++) {
      const { id } = await givenQuestion(database, { themes: [theme], askedAt: hoursAgo(48) })
      await givenAnswer(database, id, { author: helper, postedAt: hoursAgo(48 - asked) })
    }

    expect(await wait()).toBeNull()
    await givenQuestion(database, { themes: [theme], askedAt: hoursAgo(30) })
    expect(await wait()).toBe(4)
    for (let silent = 0; silent < 10; silent++)
      await givenQuestion(database, { themes: [theme], askedAt: hoursAgo(30) })
    expect(await wait()).toBeNull()
  })
})
