import { givenDatabase } from '@meedenk/db/test/database'
import { givenAnswer, givenChannel, givenPerson, givenQuestion, recordedEvents } from '@meedenk/db/test/factories'
import { ReportPage, ReportReceived, ReportView } from '@meedenk/domain/moderation/schemas'
import { describe, expect, it } from 'vitest'
import { givenApi } from '../../test/api.ts'

const database = await givenDatabase()
const api = await givenApi(database)
const someone = () => givenPerson(database)
const moderator = await givenPerson(database, { platformRole: 'moderator' })

const report = (subjectId: string, more: object = {}) => ({
  subjectKind: 'question',
  subjectId,
  reason: 'incorrect',
  explanation: 'Dit klopt volgens mij niet.',
  ...more,
})
/** From a network of its own, so that no test uses up the turns of another. */
let networks = 0
const elsewhere = () => `10.9.${Math.floor(networks / 250)}.${(networks++ % 250) + 1}`
async function givenReport(subjectId: string, more: object = {}, ip = elsewhere()) {
  const response = await api.app.inject({
    method: 'POST',
    url: '/api/v1/reports',
    remoteAddress: ip,
    headers: { 'x-meedenk': '1', 'sec-fetch-site': 'same-origin' },
    payload: report(subjectId, more),
  })
  const { rows } = await database.owner.query('select id from reports where subject_id = $1 order by id desc limit 1', [
    subjectId,
  ])
  return {
    status: response.statusCode,
    body: response.json(),
    id: String(rows[0]?.id),
    retryAfter: response.headers['retry-after'],
  }
}
const isHidden = async (table: 'questions' | 'answers', id: string) =>
  (await database.owner.query(`select hidden_at is not null as hidden from ${table} where id = $1`, [id])).rows[0]
    .hidden

describe('reporting a post', () => {
  it('works without an account and says when one hears more', async () => {
    const question = await givenQuestion(database)

    const answer = await api.visitor(
      'POST',
      '/reports',
      report(question.id, { name: 'Bea', email: 'Bea@Voorbeeld.test' }),
    )

    expect(answer.status).toBe(201)
    expect(ReportReceived.parse(answer.body)).toEqual({ number: expect.any(Number), decideWithinHours: 24 })
    const stored = await database.owner.query('select * from reports where subject_id = $1', [question.id])
    expect(stored.rows[0]).toMatchObject({
      number: String(answer.body.number),
      reporter_id: null,
      reporter_name: 'Bea',
      reason: 'incorrect',
    })
    expect(await recordedEvents(database, stored.rows[0].id)).toEqual([{ type: 'post.reported', actor_id: null }])
    expect(await isHidden('questions', question.id)).toBe(false)
  })

  it('keeps who reported when that is a member, and never tells readers of the question', async () => {
    const [question, member] = [await givenQuestion(database), await someone()]

    await api.as(member, 'POST', '/reports', report(question.id))

    const events = await database.owner.query(
      `select question_id, actor_id from events where type = 'post.reported' and actor_id = $1`,
      [member.personId],
    )
    expect(events.rows).toEqual([{ question_id: null, actor_id: member.personId }])
  })

  it('makes one report of a repeated request', async () => {
    const [question, member] = [await givenQuestion(database), await someone()]
    const options = { headers: { 'idempotency-key': 'report-twice-1' } }

    const [first, second] = [
      await api.as(member, 'POST', '/reports', report(question.id), options),
      await api.as(member, 'POST', '/reports', report(question.id), options),
    ]

    expect(second.body).toEqual(first.body)
    const { rows } = await database.owner.query('select count(*)::int as n from reports where subject_id = $1', [
      question.id,
    ])
    expect(rows[0].n).toBe(1)
  })

  it.each([
    ['a post that is not there', async () => crypto.randomUUID()],
    ['a hidden post', async () => (await givenQuestion(database, { hiddenAt: new Date() })).id],
    [
      'an answer called a question',
      async () => (await givenAnswer(database, (await givenQuestion(database)).id, { author: await someone() })).id,
    ],
  ])('is not found for %s', async (_name, subject) => {
    expect((await api.visitor('POST', '/reports', report(await subject()))).status).toBe(404)
  })

  it('is not found for an answer below a hidden question, and for a post in a closed channel', async () => {
    const [author, hidden, open] = [
      await someone(),
      await givenQuestion(database, { hiddenAt: new Date() }),
      await givenQuestion(database),
    ]
    const below = await givenAnswer(database, hidden.id, { author })
    const channel = await givenChannel(database, [author])
    await database.owner.query('update questions set channel_id = $1 where id = $2', [channel.id, open.id])

    expect((await api.visitor('POST', '/reports', report(below.id, { subjectKind: 'answer' }))).status).toBe(404)
    expect((await api.as(author, 'POST', '/reports', report(open.id))).status).toBe(404)
  })

  it.each([
    ['no explanation', { explanation: '' }],
    ['an explanation that is too long', { explanation: 'x'.repeat(2001) }],
    ['only what cannot be seen', { explanation: '\u0000\u202e\ud800' }],
    ['another type', { explanation: ['a', 'b', 'c'] }],
    ['an unknown reason', { reason: 'boring' }],
    ['an unknown field', { colour: 'red' }],
    ['no mail address', { email: 'not an address' }],
    ['an illegal post without good faith', { reason: 'illegal' }],
    ['an id that is none', { subjectId: '1234' }],
  ])('refuses %s', async (_name, more) => {
    const question = await givenQuestion(database)

    const answer = await api.visitor('POST', '/reports', report(question.id, more))

    expect([answer.status, answer.body.code]).toEqual([422, 'invalid_input'])
  })

  it('keeps markup and emoji as text, without what breaks reading', async () => {
    const question = await givenQuestion(database)

    await givenReport(question.id, { explanation: '<script>alert(1)</script> 👀\u0000\u202e!' })

    const { rows } = await database.owner.query('select explanation from reports where subject_id = $1', [question.id])
    expect(rows[0].explanation).toBe('<script>alert(1)</script> 👀!')
  })

  it('stops a network after thirty in an hour, and says how long', async () => {
    const [question, ip] = [await givenQuestion(database), elsewhere()]
    for (let turn = 0; turn < 30; turn += 1) expect((await givenReport(question.id, {}, ip)).status).toBe(201)

    const refused = await givenReport(question.id, {}, ip)

    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests'])
    expect(Number(refused.retryAfter)).toBeGreaterThan(3000)
  })
})

describe('reporting that somebody can be recognised', () => {
  it('hides the post at once and promises a decision within the hour', async () => {
    const question = await givenQuestion(database)

    const received = await givenReport(question.id, { reason: 'recognisable' })

    expect(received.body.decideWithinHours).toBe(1)
    expect(await isHidden('questions', question.id)).toBe(true)
    expect(await recordedEvents(database, question.id)).toEqual([{ type: 'question.hidden', actor_id: null }])
  })

  it('hides an answer and lowers the count of its question', async () => {
    const question = await givenQuestion(database)
    const answer = await givenAnswer(database, question.id, { author: await someone() })

    await givenReport(answer.id, { subjectKind: 'answer', reason: 'recognisable' })

    expect(await isHidden('answers', answer.id)).toBe(true)
    const { rows } = await database.owner.query('select answer_count from questions where id = $1', [question.id])
    expect(rows[0].answer_count).toBe(0)
  })

  it('hides three posts an hour for one network and puts the fourth in the queue', async () => {
    const ip = elsewhere()
    const hidden: boolean[] = []
    for (let turn = 0; turn < 4; turn += 1) {
      const question = await givenQuestion(database)
      expect((await givenReport(question.id, { reason: 'recognisable' }, ip)).status).toBe(201)
      hidden.push(await isHidden('questions', question.id))
    }
    expect(hidden).toEqual([true, true, true, false])
  })

  it('does not hide again what a moderator left standing', async () => {
    const question = await givenQuestion(database, { askedAt: new Date(Date.now() - 3_600_000) })
    const first = await givenReport(question.id, { reason: 'recognisable' })
    await api.as(moderator, 'PUT', `/moderation/reports/${first.id}/decision`, {
      decision: 'keep',
      reason: 'Niemand is hier te herkennen.',
    })

    await givenReport(question.id, { reason: 'recognisable' })

    expect(await isHidden('questions', question.id)).toBe(false)
  })
})

describe('the queue', () => {
  it('is for active moderators only', async () => {
    const paused = await givenPerson(database, { platformRole: 'moderator', state: 'paused' })
    expect((await api.visitor('GET', '/moderation/reports')).body.code).toBe('sign_in_required')
    expect((await api.as(await someone(), 'GET', '/moderation/reports')).body.code).toBe('moderators_only')
    expect((await api.as(paused, 'GET', '/moderation/reports')).body.code).toBe('account_paused')
  })

  it('shows open reports by the hour they are due, then decided ones, through pages without gap or repeat', async () => {
    const queue = await givenDatabaseOfItsOwn()
    const open = [
      await queue.report('incorrect'),
      await queue.report('recognisable'),
      await queue.report('advertising'),
    ]
    const decided = [await queue.decided(), await queue.decided()]

    const seen: string[] = []
    let path = '/moderation/reports?limit=2'
    for (let page = 0; page < 5; page += 1) {
      const answer = ReportPage.parse((await queue.api.as(queue.moderator, 'GET', path)).body)
      seen.push(...answer.items.map((item) => item.id))
      if (!answer.next) break
      path = `/moderation/reports?limit=2&after=${encodeURIComponent(answer.next)}`
    }

    expect(seen).toEqual([open[1], open[0], open[2], decided[1], decided[0]])
    expect(
      ReportPage.parse((await queue.api.as(queue.moderator, 'GET', '/moderation/reports?open=true')).body).items,
    ).toHaveLength(3)
    expect(
      ReportPage.parse((await queue.api.as(queue.moderator, 'GET', '/moderation/reports?open=false')).body).items,
    ).toHaveLength(2)
  })

  it('shows a report with its post in context, and hides who wrote anonymously', async () => {
    const [author, reporter] = [await someone(), await givenPerson(database, { name: 'Rik Melder' })]
    const question = await givenQuestion(database, {
      author,
      anonymous: true,
      title: 'Een anonieme vraag om te melden',
      body: 'Met tekst.',
    })
    await api.as(reporter, 'POST', '/reports', report(question.id))
    const { rows } = await database.owner.query('select id from reports where subject_id = $1', [question.id])

    const answer = await api.as(moderator, 'GET', `/moderation/reports/${rows[0].id}`)

    const shown = ReportView.parse(answer.body)
    expect(shown.reporter).toEqual({ name: 'Rik Melder', email: null })
    expect(shown.subject).toMatchObject({
      questionTitle: 'Een anonieme vraag om te melden',
      body: 'Met tekst.',
      anonymous: true,
      authorName: null,
      hidden: false,
    })
    expect(answer.text).not.toContain(author.name)
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it.each([
    'x',
    Buffer.from('0|2026-01-01|zz').toString('base64url'),
    Buffer.from('1|2026-99-99T99:99:99+00:00|00000000-0000-0000-0000-000000000000').toString('base64url'),
  ])('refuses the cursor %s', async (cursor) => {
    expect((await api.as(moderator, 'GET', `/moderation/reports?after=${cursor}`)).body.code).toBe('invalid_cursor')
  })

  it('does not know a report that is not there', async () => {
    expect((await api.as(moderator, 'GET', `/moderation/reports/${crypto.randomUUID()}`)).status).toBe(404)
    expect((await api.as(moderator, 'GET', '/moderation/reports/5001')).status).toBe(404)
  })
})

async function givenDatabaseOfItsOwn() {
  const own = await givenDatabase()
  const ownApi = await givenApi(own)
  const ownModerator = await givenPerson(own, { platformRole: 'moderator' })
  const file = async (reason: string) => {
    const question = await givenQuestion(own)
    await ownApi.visitor('POST', '/reports', report(question.id, { reason }))
    const { rows } = await own.owner.query('select id from reports where subject_id = $1', [question.id])
    return String(rows[0].id)
  }
  const decided = async () => {
    const id = await file('incorrect')
    await ownApi.as(ownModerator, 'PUT', `/moderation/reports/${id}/decision`, {
      decision: 'keep',
      reason: 'Dit mag blijven staan.',
    })
    return id
  }
  return { api: ownApi, moderator: ownModerator, report: file, decided }
}
