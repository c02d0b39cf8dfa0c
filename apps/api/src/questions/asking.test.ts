import { givenDatabase } from '@meedenk/db/test/database'
import {
  givenAnswer,
  givenPerson,
  givenQuestion,
  givenRegion,
  givenTheme,
  recordedEvents,
} from '@meedenk/db/test/factories'
import { QuestionAsked, QuestionMine, QuestionView, RevisionList } from '@meedenk/domain/questions/schemas'
import { describe, expect, it } from 'vitest'
import { givenApi } from '../../test/api.ts'

const database = await givenDatabase()
const api = await givenApi(database)
const title = 'Hoe betrek je de buurt bij een schuldenaanpak?'
const unknown = '0198f000-0000-7000-8000-000000000000'

async function givenAsked(options: Record<string, unknown> = {}) {
  const [asker, theme] = [await givenPerson(database), await givenTheme(database)]
  const answer = await api.as(asker, 'POST', '/questions', {
    title,
    body: 'Wij zoeken.\n\nWie weet iets?',
    themeIds: [theme.id],
    ...options,
  })
  expect(answer.status).toBe(201)
  return { asker, theme, ...QuestionAsked.parse(answer.body) }
}

describe('asking a question', () => {
  it('shows it at once to everybody, by id and by number, under the name of the asker', async () => {
    const { asker, theme, id, number, slug } = await givenAsked()

    const byId = await api.visitor('GET', `/questions/${id}`)
    const byNumber = await api.visitor('GET', `/questions/${number}`)

    const shown = QuestionView.parse(byId.body)
    expect(shown).toMatchObject({
      id,
      number,
      slug,
      title,
      state: 'waiting',
      version: 1,
      answers: [],
      meToos: 0,
      yield: null,
    })
    expect(slug).toBe('hoe-betrek-je-de-buurt-bij-een-schuldenaanpak')
    expect(shown.author).toMatchObject({
      anonymous: false,
      isAsker: true,
      name: asker.name,
      handle: asker.handle,
      roleKind: 'practice',
    })
    expect(shown.themes.map((shownTheme) => shownTheme.id)).toEqual([theme.id])
    expect(shown.missingPerspectives).toEqual(['practice', 'policy', 'knowledge', 'experience'])
    expect(byNumber.body).toEqual(byId.body)
    expect(await recordedEvents(database, id)).toEqual([{ type: 'question.asked', actor_id: asker.personId }])
  })

  it('tidies the draft it was written in', async () => {
    const [asker, theme] = [await givenPerson(database), await givenTheme(database)]
    await database.owner.query(
      `insert into drafts (person_id, key, content, saved_at) values ($1, 'ask', '{}', now())`,
      [asker.personId],
    )

    await api.as(asker, 'POST', '/questions', { title, themeIds: [theme.id] })

    const { rowCount } = await database.owner.query('select 1 from drafts where person_id = $1', [asker.personId])
    expect(rowCount).toBe(0)
  })

  it.each([
    ['no theme', { themeIds: [] }, 422, 'invalid_input'],
    ['an unknown theme', { themeIds: [unknown] }, 422, 'unknown_theme'],
    ['an unknown region', { onlyRegion: 'GM0000' }, 422, 'unknown_region'],
    ['a citizen number in the title', { title: 'Mag ik het BSN 111222333 delen?' }, 422, 'citizen_number'],
    ['a citizen number in the text', { body: 'Het gaat om 1112.22.333.' }, 422, 'citizen_number'],
    ['a title of fourteen characters', { title: 'x'.repeat(14) }, 422, 'invalid_input'],
    ['a title of 161 characters', { title: 'x'.repeat(161) }, 422, 'invalid_input'],
  ])('refuses %s', async (_what, change, status, code) => {
    const [asker, theme] = [await givenPerson(database), await givenTheme(database)]

    const answer = await api.as(asker, 'POST', '/questions', { title, themeIds: [theme.id], ...change })

    expect([answer.status, answer.body.code]).toEqual([status, code])
    const { rowCount } = await database.owner.query('select 1 from questions where author_id = $1', [asker.personId])
    expect(rowCount).toBe(0)
  })

  it('refuses a theme that was hidden, visitors and paused members', async () => {
    const [asker, paused, theme] = [
      await givenPerson(database),
      await givenPerson(database, { state: 'paused' }),
      await givenTheme(database),
    ]
    const question = { title, themeIds: [theme.id] }

    expect((await api.visitor('POST', '/questions', question)).body.code).toBe('sign_in_required')
    expect((await api.as(paused, 'POST', '/questions', question)).body.code).toBe('account_paused')
    await database.owner.query('update themes set hidden = true where id = $1', [theme.id])
    expect((await api.as(asker, 'POST', '/questions', question)).body.code).toBe('unknown_theme')
  })

  it('stops at the eleventh of a day, and goes on the next day', async () => {
    const [asker, theme] = [await givenPerson(database), await givenTheme(database)]
    for (let asked = 0; asked < 10; asked++)
      await givenQuestion(database, { author: asker, anonymous: asked % 2 === 0 })
    const question = { title, themeIds: [theme.id] }

    const refused = await api.as(asker, 'POST', '/questions', question)
    expect([refused.status, refused.body.code, refused.body.facts]).toEqual([
      429,
      'too_many_questions_today',
      { most: 10 },
    ])

    await database.owner.query(`update questions set asked_at = asked_at - interval '25 hours' where author_id = $1`, [
      asker.personId,
    ])
    expect((await api.as(asker, 'POST', '/questions', question)).status).toBe(201)
  })

  it('shows the region of a named asker in the filter only while the profile shows it', async () => {
    const region = await givenRegion(database)
    const [asker, theme] = [await givenPerson(database, { regionCode: region.code }), await givenTheme(database)]
    const { body } = await api.as(asker, 'POST', '/questions', { title, themeIds: [theme.id] })

    const found = async () =>
      (await api.visitor('GET', `/questions?region=${region.code}`)).body.items.map((item: { id: string }) => item.id)
    expect(await found()).toContain(body.id)
    await database.owner.query(`update people set region_visibility = 'members' where id = $1`, [asker.personId])
    expect(await found()).not.toContain(body.id)
    expect((await api.visitor('GET', `/questions/${body.id}`)).body.author.region).toBeNull()
  })
})

describe('reading a question', () => {
  it('costs nothing again until something changed', async () => {
    const { id } = await givenAsked()
    const first = await api.visitor('GET', `/questions/${id}`)
    const etag = String(first.headers.etag)
    expect(first.headers['cache-control']).toBe('public, no-cache')

    const second = await api.visitor('GET', `/questions/${id}`, undefined, { headers: { 'if-none-match': etag } })
    expect([second.status, second.text]).toEqual([304, ''])

    await givenAnswer(database, id, { author: await givenPerson(database) })
    const third = await api.visitor('GET', `/questions/${id}`, undefined, { headers: { 'if-none-match': etag } })
    expect([third.status, third.body.answers.length]).toEqual([200, 1])
  })

  it('shows what helped first, then the oldest, each with what was asked further', async () => {
    const { id, asker } = await givenAsked()
    const [one, two] = [await givenPerson(database), await givenPerson(database)]
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000)
    const late = await givenAnswer(database, id, { author: two, perspective: 'policy', postedAt: at(2) })
    const early = await givenAnswer(database, id, { author: one, perspective: 'policy', postedAt: at(1) })
    const further = await givenAnswer(database, id, {
      author: asker,
      parentId: early.id,
      byAsker: true,
      postedAt: at(3),
    })
    await givenAnswer(database, id, { author: two, hiddenAt: new Date() })

    const before = QuestionView.parse((await api.visitor('GET', `/questions/${id}`)).body)
    expect(before.answers.map((answer) => answer.id)).toEqual([early.id, late.id])
    expect(before.answers[0]?.followUps).toMatchObject([
      { id: further.id, author: { isAsker: true, name: asker.name } },
    ])
    expect(before.state).toBe('thinking')
    expect(before.missingPerspectives).toEqual(['practice', 'knowledge', 'experience'])

    await api.as(asker, 'PUT', `/answers/${late.id}/helped`, { turn: 'new_direction' })
    const after = QuestionView.parse((await api.visitor('GET', `/questions/${id}`)).body)
    expect(after.answers.map((answer) => [answer.id, answer.helped, answer.turn])).toEqual([
      [late.id, true, 'new_direction'],
      [early.id, false, null],
    ])
    expect(after.state).toBe('helped')
  })

  it('says 404 for what never was and 410 for what was taken away, without content', async () => {
    const { id, number, asker } = await givenAsked()
    const other = await givenPerson(database)
    expect((await api.as(asker, 'PUT', `/questions/${id}/withdrawal`)).status).toBe(204)

    for (const answer of [
      await api.visitor('GET', `/questions/${id}`),
      await api.as(other, 'GET', `/questions/${number}`),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([410, 'gone'])
      expect(answer.text).not.toContain('buurt')
    }
    expect((await api.visitor('GET', `/questions/${unknown}`)).status).toBe(404)
    expect((await api.visitor('GET', '/questions/999999999')).status).toBe(404)
    expect((await api.visitor('GET', '/questions/geen-nummer')).status).toBe(404)
    const own = await api.as(asker, 'GET', `/questions/${id}`)
    expect([own.status, own.body.title, own.headers['cache-control']]).toEqual([200, title, 'no-store'])
  })
})

describe('changing a question', () => {
  it('asks for the version that was seen, and refuses an older one', async () => {
    const { id, asker } = await givenAsked()
    const edit = { title: 'Hoe betrek je de straat bij een schuldenaanpak?', body: 'Nieuw.' }

    expect((await api.as(asker, 'PATCH', `/questions/${id}`, edit)).status).toBe(428)
    const changed = await api.as(asker, 'PATCH', `/questions/${id}`, edit, { headers: { 'if-match': '"1"' } })
    expect([changed.status, changed.headers.etag]).toEqual([204, '"2"'])
    expect((await api.as(asker, 'PATCH', `/questions/${id}`, edit, { headers: { 'if-match': '"1"' } })).status).toBe(
      412,
    )

    const shown = await api.visitor('GET', `/questions/${id}`)
    expect(shown.body).toMatchObject({
      ...edit,
      slug: 'hoe-betrek-je-de-straat-bij-een-schuldenaanpak',
      version: 2,
      editedAt: null,
    })
    const again = await api.as(asker, 'PATCH', `/questions/${id}`, edit, {
      headers: { 'if-match': String(shown.headers.etag) },
    })
    expect(again.status).toBe(204)
  })

  it('is silent for fifteen minutes; later it shows, with what stood there', async () => {
    const { id, asker } = await givenAsked()
    const edit = (body: string, version: number) =>
      api.as(asker, 'PATCH', `/questions/${id}`, { title, body }, { headers: { 'if-match': `"${version}"` } })

    await edit('Tikfout hersteld.', 1)
    await database.owner.query(`update questions set asked_at = asked_at - interval '16 minutes' where id = $1`, [id])
    await database.owner.query(
      `update revisions set replaced_at = replaced_at - interval '16 minutes' where subject_id = $1`,
      [id],
    )
    await edit('Aangevuld.', 2)

    const shown = await api.visitor('GET', `/questions/${id}`)
    expect(shown.body.editedAt).not.toBeNull()
    const forAll = RevisionList.parse((await api.visitor('GET', `/questions/${id}/history`)).body)
    expect(forAll.items.map((item) => item.body)).toEqual(['Tikfout hersteld.'])
    const forAsker = RevisionList.parse((await api.as(asker, 'GET', `/questions/${id}/history`)).body)
    expect(forAsker.items).toHaveLength(2)
    expect((await recordedEvents(database, id)).map((event) => event.type)).toEqual([
      'question.asked',
      'question.edited',
      'question.edited',
    ])
  })

  it('belongs to the asker alone', async () => {
    const { id } = await givenAsked()
    const [other, moderator] = [await givenPerson(database), await givenPerson(database, { platformRole: 'moderator' })]
    const tries = [
      ['PATCH', '', { title, body: '' }],
      ['PUT', '/withdrawal', undefined],
      ['PUT', '/yield', { body: 'Het werkte.' }],
      ['PUT', '/follow-up', { outcome: 'stop' }],
    ] as const
    for (const who of [other, moderator]) {
      for (const [method, path, body] of tries) {
        const answer = await api.as(who, method, `/questions/${id}${path}`, body, { headers: { 'if-match': '"1"' } })
        expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'not_the_asker'])
      }
    }
    expect((await api.visitor('GET', `/questions/${id}`)).body).toMatchObject({ version: 1, yield: null })
  })
})

describe('closing a question', () => {
  it('ends answering with a reason, by the asker or a moderator, until it opens again', async () => {
    const { id, asker, theme } = await givenAsked()
    const [helper, moderator] = [
      await givenPerson(database),
      await givenPerson(database, { platformRole: 'moderator' }),
    ]
    const answer = { body: 'Begin klein.', perspective: 'practice' }

    expect((await api.as(helper, 'PUT', `/questions/${id}/closure`, { reason: 'Zomaar' })).body.code).toBe(
      'not_the_asker',
    )
    expect((await api.as(asker, 'PUT', `/questions/${id}/closure`, { reason: 'Ik ben eruit.' })).status).toBe(204)

    const shown = QuestionView.parse((await api.visitor('GET', `/questions/${id}`)).body)
    expect([shown.closedReason, shown.closedAt === null]).toEqual(['Ik ben eruit.', false])
    expect((await api.as(helper, 'POST', `/questions/${id}/answers`, answer)).body.code).toBe('question_closed')
    const waiting = await api.visitor('GET', `/questions?theme=${theme.slug}&state=waiting`)
    expect(waiting.body.items).toEqual([])

    expect((await api.as(moderator, 'DELETE', `/questions/${id}/closure`)).status).toBe(204)
    expect((await api.as(helper, 'POST', `/questions/${id}/answers`, answer)).status).toBe(201)
    expect((await recordedEvents(database, id)).map((event) => event.type)).toEqual([
      'question.asked',
      'question.closed',
      'question.reopened',
    ])
  })
})

describe('what it yielded', () => {
  it('is shared once as news, and may be reworded', async () => {
    const { id, asker } = await givenAsked()

    expect(
      (
        await api.as(asker, 'PUT', `/questions/${id}/yield`, {
          body: 'Nu bellen we binnen een week.',
          didNotWork: 'Brieven.',
        })
      ).status,
    ).toBe(204)
    expect(
      (await api.as(asker, 'PUT', `/questions/${id}/yield`, { body: 'Nu bellen we binnen drie dagen.' })).status,
    ).toBe(204)

    const shown = QuestionView.parse((await api.visitor('GET', `/questions/${id}`)).body)
    expect(shown).toMatchObject({
      state: 'learned',
      yield: { body: 'Nu bellen we binnen drie dagen.', didNotWork: null },
    })
    expect((await recordedEvents(database, id)).filter((event) => event.type === 'yield.shared')).toHaveLength(1)
  })

  it('is not asked for again after "nothing yet"', async () => {
    const { id, asker } = await givenAsked()
    expect((await api.as(asker, 'PUT', `/questions/${id}/follow-up`, { outcome: 'nothing_yet' })).status).toBe(404)
    await database.owner.query(
      `insert into yield_reminders (channel_id, question_id, day, asked_at) select channel_id, id, 7, now() from questions where id = $1`,
      [id],
    )

    expect((await api.as(asker, 'PUT', `/questions/${id}/follow-up`, { outcome: 'nothing_yet' })).status).toBe(204)

    const { rows } = await database.owner.query('select outcome from yield_reminders where question_id = $1', [id])
    expect(rows).toEqual([{ outcome: 'nothing_yet' }])
  })
})

describe('what a reader may do', () => {
  it('is said by the same rules, for asker, helper and moderator', async () => {
    const { id, asker } = await givenAsked()
    const [helper, moderator] = [
      await givenPerson(database),
      await givenPerson(database, { platformRole: 'moderator' }),
    ]
    const { body: posted } = await api.as(helper, 'POST', `/questions/${id}/answers`, {
      body: 'Begin klein.',
      perspective: 'practice',
    })
    await api.as(asker, 'PUT', `/answers/${posted.id}/thanks`)
    const mine = async (who: typeof asker) =>
      QuestionMine.parse((await api.as(who, 'GET', `/questions/${id}/mine`)).body)

    const ofAsker = await mine(asker)
    expect(ofAsker).toMatchObject({
      isAsker: true,
      meToo: false,
      saved: false,
      can: { edit: { allowed: true }, markHelpful: { allowed: true }, hide: { allowed: false } },
    })
    expect(ofAsker.can.answer).toEqual({ allowed: false, because: 'own_question' })
    expect(ofAsker.answers).toEqual([
      {
        id: posted.id,
        mine: false,
        thanked: true,
        canEdit: { allowed: false, because: 'not_yours' },
        canWithdraw: { allowed: false, because: 'not_yours' },
        canThank: { allowed: true },
      },
    ])
    const ofHelper = await mine(helper)
    expect(ofHelper.can).toMatchObject({
      answer: { allowed: true },
      edit: { allowed: false, because: 'not_the_asker' },
    })
    expect(ofHelper.answers[0]).toMatchObject({
      mine: true,
      thanked: false,
      canEdit: { allowed: true },
      canThank: { allowed: false, because: 'own_answer' },
    })
    expect((await mine(moderator)).can).toMatchObject({
      close: { allowed: true },
      hide: { allowed: true },
      edit: { allowed: false },
    })
    expect((await api.visitor('GET', `/questions/${id}/mine`)).status).toBe(401)
    expect((await api.as(helper, 'GET', `/questions/${unknown}/mine`)).status).toBe(404)
  })
})
