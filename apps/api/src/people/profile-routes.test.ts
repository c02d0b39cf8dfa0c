import { givenDatabase } from '@meedenk/db/test/database'
import {
  givenAnswer,
  givenPerson,
  givenQuestion,
  givenRegion,
  givenTheme,
  recordedEvents,
} from '@meedenk/db/test/factories'
import { maySeeField } from '@meedenk/domain/people/rules'
import { OwnProfileView, ProfileView, visibilities } from '@meedenk/domain/people/schemas'
import { describe, expect, it } from 'vitest'
import { givenApi } from '../../test/api.ts'

const database = await givenDatabase()
const api = await givenApi(database)
const etag = (version: number) => ({ headers: { 'if-match': `"${version}"` } })
const me = async (person: Awaited<ReturnType<typeof givenPerson>>) =>
  OwnProfileView.parse((await api.as(person, 'GET', '/me')).body)

describe('editing one’s own profile', () => {
  it('keeps what was written, cleaned, under a new version', async () => {
    const person = await givenPerson(database)
    const region = await givenRegion(database)
    const read = await api.as(person, 'GET', '/me')
    expect(read.headers['etag']).toBe('"1"')
    expect(OwnProfileView.parse(read.body)).toMatchObject({
      email: person.email,
      jobTitle: null,
      visibility: { profile: 'members', region: 'everyone' },
    })

    const changes = {
      name: ' Noor\u0000 \u202ede\nVries 🎈',
      handle: `noor-${person.personId.slice(-8)}`,
      about: '<script>alert(1)</script>\r\nIk help \ud800graag',
      jobTitle: 'Wijkcoach',
      regionCode: region.code,
      portrait: 'head-c',
      visibility: { about: 'nobody', profile: 'everyone' },
    }
    const edited = await api.as(person, 'PATCH', '/me', changes, etag(1))

    expect(edited.headers['etag']).toBe('"2"')
    expect(OwnProfileView.parse(edited.body)).toMatchObject({
      ...changes,
      name: 'Noor de Vries 🎈',
      about: '<script>alert(1)</script>\nIk help graag',
      visibility: { about: 'nobody', profile: 'everyone', jobTitle: 'everyone', expertise: 'members' },
    })
    expect(await recordedEvents(database, person.personId)).toEqual([
      { type: 'person.profile_changed', actor_id: person.personId },
    ])
    const emptied = await api.as(person, 'PATCH', '/me', { jobTitle: '', about: null }, etag(2))
    expect(emptied.body).toMatchObject({ jobTitle: null, about: null, portrait: 'head-c' })
  })

  it('asks which version was read, and lets one of two edits win', async () => {
    const person = await givenPerson(database)
    expect((await api.as(person, 'PATCH', '/me', { name: 'Een' })).body).toMatchObject({
      status: 428,
      code: 'version_required',
    })
    for (const tag of ['*', '1', '"x"', '"2"']) {
      expect(
        (await api.as(person, 'PATCH', '/me', { name: 'Een' }, { headers: { 'if-match': tag } })).body,
      ).toMatchObject({ status: 412, code: 'stale_version' })
    }
    const answers = await Promise.all([
      api.as(person, 'PATCH', '/me', { name: 'Een' }, etag(1)),
      api.as(person, 'PATCH', '/me', { name: 'Twee' }, etag(1)),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412])
  })

  it.each([
    [{ name: '' }],
    [{ name: '\u202e \u0000' }],
    [{ name: 'x'.repeat(61) }],
    [{ name: 5 }],
    [{ handle: 'Hoofd Letters' }],
    [{ handle: 'a' }],
    [{ handle: 'n\u0000oor' }],
    [{ about: 'x'.repeat(501) }],
    [{ portrait: 'head-z' }],
    [{ roleKind: 'baas' }],
    [{ visibility: { name: 'nobody' } }],
    [{ platformRole: 'admin' }],
    [{ email: 'ander@voorbeeld.test' }],
    [{ regionCode: 'Utrecht' }],
    ['tekst'],
    [[]],
  ])('refuses %j', async (body) => {
    const person = await givenPerson(database)
    const answer = await api.as(person, 'PATCH', '/me', body, {
      headers: { 'if-match': '"1"', 'content-type': 'application/json' },
    })
    expect([400, 422]).toContain(answer.status)
    expect((await me(person)).version).toBe(1)
  })

  it('refuses a handle that is taken and a municipality that does not exist', async () => {
    const [person, other] = [await givenPerson(database), await givenPerson(database)]
    expect((await api.as(person, 'PATCH', '/me', { handle: other.handle }, etag(1))).body).toMatchObject({
      status: 409,
      code: 'handle_taken',
    })
    expect((await api.as(person, 'PATCH', '/me', { regionCode: 'GM0000' }, etag(1))).body).toMatchObject({
      status: 422,
      code: 'unknown_region',
    })
  })

  it('lets a paused person hide, not write', async () => {
    const person = await givenPerson(database, { state: 'paused' })
    expect((await api.as(person, 'PATCH', '/me', { about: 'Hallo' }, etag(1))).body.code).toBe('account_paused')
    expect((await api.as(person, 'PATCH', '/me', { visibility: { profile: 'nobody' } }, etag(1))).status).toBe(200)
  })

  it('is for who is signed in', async () => {
    for (const [method, path] of [
      ['GET', '/me'],
      ['PATCH', '/me'],
      ['PUT', '/me/expertises'],
      ['PUT', '/me/onboarding'],
      ['GET', '/people'],
      ['GET', '/drafts/ask'],
    ] as const) {
      expect((await api.visitor(method, path, method === 'GET' ? undefined : {})).body.code, path).toBe(
        'sign_in_required',
      )
    }
  })
})

describe('expertise', () => {
  it('is what one chose, once each, with interests beside it, and says how busy that will be', async () => {
    const person = await givenPerson(database)
    const [youth, debts, housing] = [await givenTheme(database), await givenTheme(database), await givenTheme(database)]
    for (let n = 0; n < 4; n++) await givenQuestion(database, { themes: [youth, debts] })
    const choose = (body: object) => api.as(person, 'PUT', '/me/expertises', body)

    await choose({
      expertises: [
        { themeId: youth.id, level: 'some' },
        { themeId: housing.id, level: 'some' },
      ],
      interests: [],
    })
    const answer = await choose({
      expertises: [
        { themeId: youth.id, level: 'some' },
        { themeId: youth.id, level: 'much' },
        { themeId: debts.id, level: 'some' },
      ],
      interests: [housing.id, housing.id],
      nudgesPerWeek: 2,
    })

    const profile = OwnProfileView.parse(answer.body)
    expect(profile).toMatchObject({ interests: [housing.id], nudgesPerWeek: 2, questionsPerWeek: 0.5 })
    expect(profile.expertises).toEqual(
      expect.arrayContaining([
        { themeId: youth.id, level: 'much' },
        { themeId: debts.id, level: 'some' },
      ]),
    )
    expect(profile.expertises).toHaveLength(2)
    expect((await choose({ expertises: [], interests: [] })).body).toMatchObject({
      expertises: [],
      interests: [],
      questionsPerWeek: 0,
    })
    expect((await recordedEvents(database, person.personId)).map((event) => event.type)).toEqual(
      Array(3).fill('person.expertise_changed'),
    )
  })

  it('refuses a theme that does not exist or is hidden, and changes nothing', async () => {
    const theme = await givenTheme(database)
    const hidden = await givenTheme(database)
    await database.owner.query('update themes set hidden = true where id = $1', [hidden.id])
    const person = await givenPerson(database, { expertises: [theme.id] })
    for (const themeId of [hidden.id, person.personId]) {
      expect(
        (await api.as(person, 'PUT', '/me/expertises', { expertises: [{ themeId, level: 'much' }], interests: [] }))
          .body.code,
      ).toBe('unknown_theme')
      expect((await api.as(person, 'PUT', '/me/expertises', { expertises: [], interests: [themeId] })).body.code).toBe(
        'unknown_theme',
      )
    }
    expect((await me(person)).expertises).toEqual([{ themeId: theme.id, level: 'much' }])
    expect((await api.as(person, 'PUT', '/me/expertises', { expertises: 'alles', interests: [] })).status).toBe(422)
  })
})

describe('onboarding', () => {
  async function givenNewcomer() {
    const person = await givenPerson(database, { name: 'Nieuw lid' })
    const handle = `lid-${person.personId.replaceAll('-', '').slice(-8)}`
    await database.owner.query('update people set onboarded_at = null, handle = $2 where id = $1', [
      person.personId,
      handle,
    ])
    return { ...person, handle }
  }
  const onboard = (person: Awaited<ReturnType<typeof givenNewcomer>>, body: object) =>
    api.as(person, 'PUT', '/me/onboarding', body)

  it('takes one screen at a time, and the name gives a handle that is free', async () => {
    const [first, second, theme, region] = [
      await givenNewcomer(),
      await givenNewcomer(),
      await givenTheme(database),
      await givenRegion(database),
    ]
    const name = `Ömer Ünal ${first.personId.slice(-4)}`
    await onboard(first, { name, roleKind: 'practice', agreed: true })
    await onboard(first, { regionCode: region.code, expertises: [{ themeId: theme.id, level: 'much' }] })
    const done = await onboard(first, { done: true })
    await onboard(second, { name, done: true })

    const wanted = `omer-unal-${first.personId.slice(-4)}`
    expect(OwnProfileView.parse(done.body)).toMatchObject({
      name,
      handle: wanted,
      roleKind: 'practice',
      regionCode: region.code,
      expertises: [{ themeId: theme.id, level: 'much' }],
    })
    expect((await me(second)).handle).toBe(`${wanted}-2`)
    await onboard(first, { done: true })
    const types = (await recordedEvents(database, first.personId)).map((event) => event.type)
    expect(types.filter((type) => type === 'person.onboarded')).toHaveLength(1)
    const { rows } = await database.owner.query(
      'select agreed_at is not null as agreed, onboarded_at is not null as onboarded from people where id = $1',
      [first.personId],
    )
    expect(rows[0]).toEqual({ agreed: true, onboarded: true })
  })

  it('may be skipped altogether, and two of one name at once both get in', async () => {
    const [skipper, one, two] = [await givenNewcomer(), await givenNewcomer(), await givenNewcomer()]
    expect((await onboard(skipper, { done: true })).body).toMatchObject({ name: 'Nieuw lid', handle: skipper.handle })
    const answers = await Promise.all([one, two].map((person) => onboard(person, { name: 'Twee Tegelijk' })))
    expect(answers.map((answer) => answer.status)).toEqual([200, 200])
    expect(new Set(answers.map((answer) => answer.body.handle)).size).toBe(2)
  })

  it.each([
    [{ agreed: false }],
    [{ name: '' }],
    [{ done: 'ja' }],
    [{ platformRole: 'admin' }],
    [{ expertises: [{ themeId: 'x', level: 'much' }] }],
  ])('refuses %j', async (body) => {
    expect((await onboard(await givenNewcomer(), body)).status).toBe(422)
  })
})

describe('a profile', () => {
  const setVisibility = (personId: string, column: string, value: string) =>
    database.owner.query(`update people set ${column} = $2 where id = $1`, [personId, value])

  it.each(visibilities)('shows each field as its owner chose: %s', async (visibility) => {
    const region = await givenRegion(database)
    const theme = await givenTheme(database)
    const person = await givenPerson(database, {
      jobTitle: 'Wijkcoach',
      regionCode: region.code,
      expertises: [theme.id],
    })
    await database.owner.query(
      `update people set organisation = 'Stichting Nep', about = 'Over mij', profile_visibility = 'everyone' where id = $1`,
      [person.personId],
    )
    for (const field of ['job_title', 'organisation', 'region', 'about', 'expertise'])
      await setVisibility(person.personId, `${field}_visibility`, visibility)
    const member = await givenPerson(database)
    const readers = [
      { reader: { isMember: false, isSelf: false }, answer: await api.visitor('GET', `/people/${person.handle}`) },
      { reader: { isMember: true, isSelf: false }, answer: await api.as(member, 'GET', `/people/${person.handle}`) },
      { reader: { isMember: true, isSelf: true }, answer: await api.as(person, 'GET', `/people/${person.handle}`) },
    ]
    for (const { reader, answer } of readers) {
      const seen = maySeeField(visibility, reader)
      const { jobTitle, organisation, region: place, about, expertises } = ProfileView.parse(answer.body)
      expect([jobTitle, organisation, place, about]).toEqual(
        seen ? ['Wijkcoach', 'Stichting Nep', region.name, 'Over mij'] : [null, null, null, null],
      )
      expect(expertises.map((item) => item.id)).toEqual(seen ? [theme.id] : [])
      expect(answer.text).not.toContain(person.email)
    }
  })

  it.each(visibilities)('that is shown to %s is not found by others', async (visibility) => {
    const [person, member] = [await givenPerson(database), await givenPerson(database)]
    await setVisibility(person.personId, 'profile_visibility', visibility)
    const status = (seen: boolean) => (seen ? 200 : 404)
    expect((await api.visitor('GET', `/people/${person.handle}`)).status).toBe(
      status(maySeeField(visibility, { isMember: false, isSelf: false })),
    )
    expect((await api.as(member, 'GET', `/people/${person.handle}`)).status).toBe(
      status(maySeeField(visibility, { isMember: true, isSelf: false })),
    )
    expect((await api.as(person, 'GET', `/people/${person.handle}`)).status).toBe(200)
  })

  it('of who stopped, or with a handle that nobody has, is not found', async () => {
    const stopped = await givenPerson(database, { state: 'stopped' })
    await setVisibility(stopped.personId, 'profile_visibility', 'everyone')
    for (const handle of [stopped.handle, 'niemand', '%00', "'--", 'x'.repeat(250)]) {
      expect((await api.visitor('GET', `/people/${handle}`)).status, handle).toBe(404)
    }
  })

  it('lists what was written under one’s own name, never what was anonymous or is gone', async () => {
    const [person, other] = [await givenPerson(database), await givenPerson(database)]
    await setVisibility(person.personId, 'profile_visibility', 'everyone')
    const asked = await givenQuestion(database, { author: person, askedAt: new Date('2026-11-01T10:00:00Z') })
    const sealed = await givenQuestion(database, { author: person, anonymous: true })
    const hidden = await givenQuestion(database, { author: person, hiddenAt: new Date() })
    const [theirs, theirsHidden, elsewhere] = [
      await givenQuestion(database, { author: other }),
      await givenQuestion(database, { hiddenAt: new Date() }),
      await givenQuestion(database),
    ]
    await givenAnswer(database, theirs.id, { author: person })
    await givenAnswer(database, theirs.id, { author: person, postedAt: new Date('2026-11-02T10:00:00Z') })
    await givenAnswer(database, theirsHidden.id, { author: person })
    await givenAnswer(database, elsewhere.id, { author: person, anonymous: true })
    for (const reader of [person, other, null]) {
      const path = `/people/${person.handle}`
      const answer = reader ? await api.as(reader, 'GET', path) : await api.visitor('GET', path)
      const { contributions } = ProfileView.parse(answer.body)
      expect(contributions.map((item) => [item.questionId, item.kind])).toEqual([
        [theirs.id, 'answered'],
        [asked.id, 'asked'],
      ])
      expect(answer.text).not.toContain(sealed.id)
      expect(answer.text).not.toContain(hidden.id)
    }
  })
})
