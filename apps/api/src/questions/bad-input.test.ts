import { givenDatabase } from '@meedenk/db/test/database'
import { givenAnswer, givenPerson, givenQuestion, givenTheme } from '@meedenk/db/test/factories'
import { beforeAll, describe, expect, it } from 'vitest'
import { givenApi } from '../../test/api.ts'

const database = await givenDatabase()
const api = await givenApi(database)
const asker = await givenPerson(database)
const helper = await givenPerson(database)
const theme = await givenTheme(database)
const question = await givenQuestion(database, { author: asker })
const answer = await givenAnswer(database, question.id, { author: helper })

type Json = Record<string, unknown>
type Route = {
  method: 'POST' | 'PUT' | 'PATCH'
  path: string
  by: typeof asker
  good: Json
  ok: number
  texts: Record<string, number>
}

/** Every route with a body: one that is good, and its text fields with the most characters they take. */
const routes: Route[] = [
  {
    method: 'POST',
    path: '/questions',
    by: asker,
    good: { title: 'Hoe pak je dit het beste aan?', body: 'Tekst.', themeIds: [theme.id] },
    ok: 201,
    texts: { title: 160, body: 5000 },
  },
  { method: 'POST', path: '/questions/audience', by: asker, good: { themeIds: [theme.id] }, ok: 200, texts: {} },
  {
    method: 'PATCH',
    path: `/questions/${question.id}`,
    by: asker,
    good: { title: 'Hoe pak je dit het beste aan?', body: 'Tekst.' },
    ok: 204,
    texts: { title: 160, body: 5000 },
  },
  {
    method: 'PUT',
    path: `/questions/${question.id}/yield`,
    by: asker,
    good: { body: 'Het werkte.', didNotWork: 'Dit niet.' },
    ok: 204,
    texts: { body: 280, didNotWork: 280 },
  },
  {
    method: 'POST',
    path: `/questions/${question.id}/answers`,
    by: helper,
    good: { body: 'Zo dan.', perspective: 'policy', referral: { url: 'https://voorbeeld.nl', title: 'Bron' } },
    ok: 201,
    texts: { body: 5000, 'referral.title': 160 },
  },
  {
    method: 'POST',
    path: `/answers/${answer.id}/follow-ups`,
    by: asker,
    good: { body: 'En dan?' },
    ok: 201,
    texts: { body: 3000 },
  },
  {
    method: 'PATCH',
    path: `/answers/${answer.id}`,
    by: helper,
    good: { body: 'Toch zo.' },
    ok: 204,
    texts: { body: 5000 },
  },
  { method: 'PUT', path: `/answers/${answer.id}/helped`, by: asker, good: { turn: 'application' }, ok: 204, texts: {} },
  {
    method: 'PUT',
    path: `/questions/${question.id}/follow-up`,
    by: asker,
    good: { outcome: 'nothing_yet' },
    ok: 204,
    texts: {},
  },
  {
    method: 'PUT',
    path: `/questions/${question.id}/closure`,
    by: asker,
    good: { reason: 'Opgelost.' },
    ok: 204,
    texts: { reason: 200 },
  },
]

beforeAll(async () => {
  await database.owner.query(
    `insert into yield_reminders (channel_id, question_id, day, asked_at) select channel_id, id, 7, now() from questions where id = $1`,
    [question.id],
  )
})

async function send(route: Route, body: unknown) {
  // Ten questions a day, a closed question and an old version would hide what is tested here.
  await database.owner.query(
    `update questions set closed_at = null, asked_at = asked_at - interval '2 days' where author_id = $1 and (closed_at is not null or asked_at > now() - interval '1 day')`,
    [asker.personId],
  )
  const { rows } = await database.owner.query(
    'select version from questions where id = $1 union all select version from answers where id = $2',
    [question.id, answer.id],
  )
  const version = route.path.startsWith('/answers') ? rows[1].version : rows[0].version
  return api.as(route.by, route.method, route.path, body, { headers: { 'if-match': `"${version}"` } })
}

function changed(good: Json, path: string, value: unknown): Json {
  const [first = '', rest] = path.split('.')
  return rest ? { ...good, [first]: changed(good[first] as Json, rest, value) } : { ...good, [first]: value } // Only nested where the path says so.
}

const filler = ' en zo nog wat woorden'
/** What goes in, and what must be left of it. */
const strange: [what: string, text: string, kept: string][] = [
  [
    'HTML',
    `<script>alert(1)</script><img src=x onerror=y>${filler}`,
    `<script>alert(1)</script><img src=x onerror=y>${filler}`,
  ],
  ['a zero byte', `Nul\u0000byte${filler}`, `Nulbyte${filler}`],
  ['a lone surrogate', `Half\ud800teken${filler}`, `Halfteken${filler}`],
  ['a right-to-left override', `Om\u202egekeerd\u2066 hier${filler}`, `Omgekeerd hier${filler}`],
  ['emoji', `Gezin 👨‍👩‍👧‍👦 en 🇳🇱${filler}`, `Gezin 👨‍👩‍👧‍👦 en 🇳🇱${filler}`],
  ['quotes and SQL', `'; drop table questions; --${filler}`, `'; drop table questions; --${filler}`],
  ['braces', `{"a":1} \${x} {{ y }}${filler}`, `{"a":1} \${x} {{ y }}${filler}`],
]

async function everythingStored(): Promise<string> {
  const { rows } = await database.owner.query(
    `select title as text from questions union all select body from questions union all select closed_reason from questions union all select body from answers
     union all select referral_title from answers union all select body from yields union all select did_not_work from yields`,
  )
  return JSON.stringify(rows)
}

describe.each(routes)('$method $path', (route) => {
  it('takes what is good', async () => {
    expect((await send(route, route.good)).status).toBe(route.ok)
  })

  it.each(
    Object.keys(route.texts).flatMap((field) => strange.map(([what, text, kept]) => ({ field, what, text, kept }))),
  )('keeps $what in $field as clean text', async ({ field, text, kept }) => {
    const sent = await send(route, changed(route.good, field, text))
    expect(sent.status).toBe(route.ok)
    expect(await everythingStored()).toContain(JSON.stringify(kept).slice(1, -1))
  })

  it.each(Object.entries(route.texts))('refuses %s of more than %i characters', async (field, most) => {
    const sent = await send(route, changed(route.good, field, 'x'.repeat(most + 1)))
    expect([sent.status, sent.body.code]).toEqual([422, 'invalid_input'])
    expect(sent.body.errors[0].pointer).toBe(`/${field.replace('.', '/')}`)
  })

  it('refuses values of another type, with a pointer to the field', async () => {
    for (const field of Object.keys(route.good)) {
      for (const value of [1, true, {}, { a: 1 }, [[]], ['x']]) {
        const sent = await send(route, changed(route.good, field, value))
        expect([field, value, sent.status, sent.body.errors?.[0]?.pointer.startsWith(`/${field}`)]).toEqual([
          field,
          value,
          422,
          true,
        ])
        expect(sent.headers['content-type']).toContain('application/problem+json')
      }
    }
  })

  it('refuses unknown fields, prototype keys, other shapes and too much', async () => {
    expect((await send(route, { ...route.good, extra: 1 })).status).toBe(422)
    for (const body of [[], [route.good], null, 'text', 1]) {
      const sent = await send(route, JSON.stringify(body))
      expect([body, sent.status >= 400 && sent.status < 500]).toEqual([body, true])
    }
    const raw = (payload: string, type = 'application/json') =>
      api.as(route.by, route.method, route.path, payload, { headers: { 'content-type': type, 'if-match': '"1"' } })
    for (const payload of ['{"__proto__":{"a":1}}', '{"constructor":{"prototype":{"a":1}}}', '{', '', '{"a":NaN}']) {
      const sent = await raw(payload)
      expect([payload, sent.status >= 400 && sent.status < 500]).toEqual([payload, true])
    }
    expect((await raw(JSON.stringify({ ...route.good, body: 'x'.repeat(1_048_576) }))).status).toBe(413)
    expect((await raw('<a/>', 'text/xml')).status).toBe(415)
  })
})

describe('an id that names nothing', () => {
  it.each(['x', '%00', '..', "1'or'1'='1", '0198f000-0000-7000-8000-00000000000g', '9'.repeat(40), '-1', '1e3'])(
    '%s is not found',
    async (id) => {
      for (const [method, path] of [
        ['GET', `/questions/${id}`],
        ['GET', `/questions/${id}/mine`],
        ['GET', `/questions/${id}/history`],
        ['PUT', `/questions/${id}/me-too`],
        ['DELETE', `/answers/${id}/thanks`],
        ['GET', `/answers/${id}/history`],
      ] as const) {
        const sent = await api.as(asker, method, path)
        expect([path, sent.status >= 400 && sent.status < 500]).toEqual([path, true])
      }
    },
  )
})

describe('a version that is none', () => {
  it.each(['1', '"x"', '"1', '*', '"99999999999"', '""'])('%s is refused', async (version) => {
    const sent = await api.as(
      asker,
      'PATCH',
      `/questions/${question.id}`,
      { title: 'Hoe pak je dit het beste aan?', body: '' },
      { headers: { 'if-match': version } },
    )
    expect(sent.status).toBe(412)
  })
})
