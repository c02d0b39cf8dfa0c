import { signMailLink } from '@meedenk/actions/notifications/sign-mail-link'
import { givenDatabase } from '@meedenk/db/test/database'
import { givenPerson, givenQuestion, givenTheme, recordedEvents, type TestPerson } from '@meedenk/db/test/factories'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { InboxPage, MailLinkView, NoticeView, SettingsView } from '@meedenk/domain/notifications/schemas'
import { describe, expect, it } from 'vitest'
import { givenApi, testSecret } from '../../test/api.ts'

const database = await givenDatabase()
const api = await givenApi(database)

type NoticeOptions = {
  kind?: string
  questionId?: string | null
  subjectId?: string
  because?: string | null
  addedAt?: Date
}
async function givenNotice(person: TestPerson, options: NoticeOptions = {}): Promise<string> {
  const {
    kind = 'question_routed',
    questionId = null,
    subjectId = questionId ?? crypto.randomUUID(),
    because = null,
    addedAt = new Date(),
  } = options
  const { rows } = await database.owner.query(
    `insert into notices (person_id, kind, channel_id, question_id, subject_id, because, added_at) values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [person.personId, kind, plazaId, questionId, subjectId, because, addedAt],
  )
  return rows[0].id
}
const inboxOf = async (person: TestPerson, query = '') =>
  InboxPage.parse((await api.as(person, 'GET', `/inbox${query}`)).body)

describe('the inbox', () => {
  it('shows one’s own notices by group, with why they came, and marks nothing', async () => {
    const theme = await givenTheme(database, { name: 'Schulden' })
    const person = await givenPerson(database)
    const question = await givenQuestion(database, { themes: [theme] })
    await givenNotice(person, { questionId: question.id, because: theme.slug, addedAt: new Date(Date.now() - 3000) })
    await givenNotice(person, {
      kind: 'yield_asked',
      questionId: question.id,
      subjectId: crypto.randomUUID(),
      because: 'day-7',
      addedAt: new Date(Date.now() - 2000),
    })
    await givenNotice(person, {
      kind: 'account_security',
      because: 'passkey.added',
      addedAt: new Date(Date.now() - 1000),
    })
    await givenNotice(await givenPerson(database), { questionId: question.id })

    const page = await inboxOf(person)
    const again = await inboxOf(person)

    expect(page.items.map(({ group, kind, because }) => [group, kind, because])).toEqual([
      ['for_you', 'account_security', 'passkey.added'],
      ['look_back', 'yield_asked', null],
      ['think_along', 'question_routed', 'Schulden'],
    ])
    expect(page.items[2]?.question).toMatchObject({ id: question.id, number: question.number, slug: question.slug })
    expect([page.unread, again.unread]).toEqual([3, 3])
    expect((await inboxOf(person, '?group=look_back')).items).toHaveLength(1)
    expect((await inboxOf(person, '?kind=account_security')).items).toHaveLength(1)
  })

  it('pages by cursor without a gap or a double', async () => {
    const person = await givenPerson(database)
    const same = new Date()
    for (let i = 0; i < 7; i++) await givenNotice(person, { kind: 'account_security', addedAt: same })
    const seen: string[] = []
    for (let after: string | null = ''; after !== null; ) {
      const page: Awaited<ReturnType<typeof inboxOf>> = await inboxOf(person, `?limit=3${after && `&after=${after}`}`)
      seen.push(...page.items.map(({ id }) => id))
      after = page.next
    }

    expect(new Set(seen).size).toBe(7)
    expect(seen).toHaveLength(7)
    expect((await api.as(person, 'GET', '/inbox?after=nonsense')).body.code).toBe('invalid_cursor')
  })

  it('leaves out what may no longer be seen, and shows an author the reason of a decision', async () => {
    const [author, other] = [await givenPerson(database), await givenPerson(database)]
    const moderator = await givenPerson(database, { platformRole: 'moderator' })
    const question = await givenQuestion(database, { author, anonymous: true, hiddenAt: new Date() })
    const { rows } = await database.owner.query(
      `insert into moderation_decisions (channel_id, subject_kind, subject_id, decision, reason, decided_by, decided_at)
       values ($1, 'question', $2, 'hide', 'Hier is iemand te herkennen.', $3, now()) returning id`,
      [plazaId, question.id, moderator.personId],
    )
    const decision = { kind: 'post_decided', questionId: question.id, subjectId: rows[0].id, because: rows[0].id }
    await givenNotice(author, decision)
    await givenNotice(other, { questionId: question.id })

    expect((await inboxOf(author)).items.map(({ because, question: about }) => [because, about?.id])).toEqual([
      ['Hier is iemand te herkennen.', question.id],
    ])
    expect((await inboxOf(other)).items).toEqual([])
  })

  it('is for whoever signed in only', async () => {
    for (const [method, path] of [
      ['GET', '/inbox'],
      ['PATCH', `/inbox/${crypto.randomUUID()}`],
      ['GET', '/me/notification-settings'],
      ['PUT', '/me/notification-settings'],
    ] as const) {
      expect((await api.visitor(method, path, method === 'GET' ? undefined : {})).status).toBe(401)
    }
  })
})

describe('handling a notice', () => {
  it('moves it to the history, or away until its moment, and back', async () => {
    const person = await givenPerson(database)
    const id = await givenNotice(person, { kind: 'answer_posted' })
    const handle = async (body: object) => api.as(person, 'PATCH', `/inbox/${id}`, body)

    const done = await handle({ state: 'done' })
    const history = await inboxOf(person, '?group=history')
    const open = await inboxOf(person)
    await handle({ state: 'later', until: new Date(Date.now() + 3_600_000).toISOString() })
    const away = await inboxOf(person)
    await database.owner.query(`update notices set until = now() - interval '1 second' where id = $1`, [id])
    const due = await inboxOf(person)
    await handle({ state: 'new' })

    expect(NoticeView.parse(done.body)).toMatchObject({ id, state: 'done', group: 'history' })
    expect([history.items.length, open.items.length, away.items.length, due.items.length]).toEqual([1, 0, 0, 1])
    expect((await inboxOf(person)).unread).toBe(1)
    expect((await recordedEvents(database, id)).map(({ type }) => type)).toEqual([
      'notice.handled',
      'notice.handled',
      'notice.handled',
    ])
  })

  it('keeps why a question is not mine, so that routing can learn', async () => {
    const person = await givenPerson(database)
    const question = await givenQuestion(database)
    const id = await givenNotice(person, { questionId: question.id })

    const answer = await api.as(person, 'PATCH', `/inbox/${id}`, { state: 'not_mine', why: 'not_my_field' })

    expect(answer.status).toBe(200)
    const { rows } = await database.owner.query('select facts from events where subject_id = $1', [id])
    expect(rows).toEqual([{ facts: { state: 'not_mine', why: 'not_my_field' } }])
  })

  it('of somebody else, or of nobody, is not found', async () => {
    const [owner, other] = [await givenPerson(database), await givenPerson(database, { platformRole: 'admin' })]
    const id = await givenNotice(owner)

    expect((await api.as(other, 'PATCH', `/inbox/${id}`, { state: 'done' })).status).toBe(404)
    expect((await api.as(owner, 'PATCH', `/inbox/${crypto.randomUUID()}`, { state: 'done' })).status).toBe(404)
    expect((await api.as(owner, 'PATCH', '/inbox/no-id', { state: 'done' })).status).toBe(404)
    expect((await inboxOf(owner)).unread).toBe(1)
  })

  it.each<[string, unknown]>([
    ['nothing', {}],
    ['an unknown state', { state: 'burned' }],
    ['later without a moment', { state: 'later' }],
    ['later in the past', { state: 'later', until: '2020-01-01T00:00:00Z' }],
    ['later in a hundred years', { state: 'later', until: '2126-01-01T00:00:00Z' }],
    ['a moment that is none', { state: 'later', until: 'tomorrow' }],
    ['an unknown field', { state: 'done', extra: 1 }],
    ['an unknown reason', { state: 'not_mine', why: '\u0000' }],
    ['a list', [{ state: 'done' }]],
    ['a text', 'done'],
  ])('refuses %s', async (_name, body) => {
    const person = await givenPerson(database)
    const id = await givenNotice(person)

    const answer = await api.as(person, 'PATCH', `/inbox/${id}`, body)

    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect((await inboxOf(person)).unread).toBe(1)
  })
})

describe('the pace of mail', () => {
  it('starts with the defaults, keeps what was chosen, and records it', async () => {
    const person = await givenPerson(database)
    const until = new Date(Date.now() + 86_400_000).toISOString()

    const before = SettingsView.parse((await api.as(person, 'GET', '/me/notification-settings')).body)
    await api.as(person, 'PUT', '/me/notification-settings', { paces: { questions: 'weekly' }, pausedUntil: until })
    await api.as(person, 'PUT', '/me/notification-settings', { paces: { questions: 'daily' } })
    const after = SettingsView.parse((await api.as(person, 'GET', '/me/notification-settings')).body)
    const resumed = await api.as(person, 'PUT', '/me/notification-settings', { pausedUntil: null })

    expect(before).toEqual({
      paces: { questions: 'bundled', answers: 'at_once', outcomes: 'weekly', house: 'at_once' },
      pausedUntil: null,
      mailBounced: false,
    })
    expect(after).toEqual({ ...before, paces: { ...before.paces, questions: 'daily' }, pausedUntil: until })
    expect(resumed.body.pausedUntil).toBeNull()
    expect((await recordedEvents(database, person.personId)).map(({ type }) => type)).toEqual(
      Array(3).fill('person.pace_changed'),
    )
  })

  it.each<[string, unknown]>([
    ['an unknown pace', { paces: { questions: 'hourly' } }],
    ['an unknown kind', { paces: { spam: 'weekly' } }],
    ['a pause of many years', { pausedUntil: '2126-01-01T00:00:00Z' }],
    ['a wrong type', { paces: 3 }],
    ['an unknown field', { sound: true }],
  ])('refuses %s', async (_name, body) => {
    const answer = await api.as(await givenPerson(database), 'PUT', '/me/notification-settings', body)
    expect(answer.body.code).toBe('invalid_input')
    expect(answer.status).toBe(422)
  })
})

describe('a link in a mail', () => {
  const linkOf = (person: TestPerson, kind: 'questions' | 'all') =>
    signMailLink(testSecret, { personId: person.personId, kind })
  const pacesOf = async (person: TestPerson) =>
    SettingsView.parse((await api.as(person, 'GET', '/me/notification-settings')).body)

  it('changes nothing by being opened, and shows only the shade of an address', async () => {
    const person = await givenPerson(database, { email: 'sam.de.vries@voorbeeld.test' })

    const view = MailLinkView.parse((await api.visitor('GET', `/mail/${linkOf(person, 'questions')}`)).body)

    expect(view).toMatchObject({ kind: 'questions', email: 's…@voorbeeld.test' })
    expect((await pacesOf(person)).paces.questions).toBe('bundled')
  })

  it.each<[string, string, string]>([
    ['a form', 'application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'a form in parts',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    ],
  ])('stops its kind of mail by the one click of a mail program: %s', async (_name, type, payload) => {
    const person = await givenPerson(database)

    const answer = await api.app.inject({
      method: 'POST',
      url: `/mail/${linkOf(person, 'questions')}`,
      headers: { 'content-type': type, origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' },
      payload,
    })

    expect(answer.statusCode).toBe(200)
    expect((await pacesOf(person)).paces).toMatchObject({ questions: 'pause', answers: 'at_once' })
  })

  it('slows down everything, or pauses a month, when the page asks for it', async () => {
    const person = await givenPerson(database)

    await api.visitor('POST', `/mail/${linkOf(person, 'all')}`, { act: 'weekly' })
    await api.visitor('POST', `/mail/${linkOf(person, 'all')}`, { act: 'pause_month' })

    const { paces, pausedUntil } = await pacesOf(person)
    expect(Object.values(paces)).toEqual(Array(4).fill('weekly'))
    expect(new Date(pausedUntil ?? 0).getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000)
    expect((await recordedEvents(database, person.personId)).map(({ type, actor_id }) => [type, actor_id])).toEqual(
      Array(2).fill(['person.pace_changed', person.personId]),
    )
  })

  it('of ours only: a changed or foreign one is not found, another order is refused', async () => {
    const [person, other] = [await givenPerson(database), await givenPerson(database)]
    const token = linkOf(person, 'questions')
    const foreign = signMailLink('another secret, also long enough to be one', {
      personId: other.personId,
      kind: 'all',
    })
    const moved = Buffer.concat([
      Buffer.from(other.personId.replaceAll('-', ''), 'hex'),
      Buffer.from(token, 'base64url').subarray(16),
    ]).toString('base64url')

    for (const wrong of [foreign, moved, `${token}A`, 'x', '%00'])
      expect((await api.visitor('POST', `/mail/${wrong}`, { act: 'stop' })).status).toBe(404)
    for (const body of [{}, { act: 'delete' }, { act: 'stop', more: 1 }])
      expect((await api.visitor('POST', `/mail/${token}`, body)).status).toBe(422)
    expect((await pacesOf(person)).paces.questions).toBe('bundled')
  })
})
