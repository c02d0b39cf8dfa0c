import fastify from 'fastify'
import pg from 'pg'

// The bare ceilings of PERF.md 1: Fastify, pg and one statement, nothing else. The owner connects, so no policy is planned.
const pool = new pg.Pool({ connectionString: process.env.CEILING_URL, max: 10 })
pool.on('error', () => undefined)
const app = fastify()

// The same fields as ours and as many bytes, so that what is compared is the way they are made. What our rows must find out
// (who may see a name, what is hidden, follow-ups, escalations) is left out or a constant: the ceiling stays the least work there can be.
const person = (
  post: string,
  person: string,
  region: string,
) => `json_build_object('anonymous', ${post}.author_id is null, 'isAsker', false,
      'handle', ${person}.handle, 'name', ${person}.name, 'portrait', ${person}.portrait, 'roleKind', ${person}.role_kind, 'jobTitle', ${person}.job_title, 'region', ${region}.name)`
const question = {
  name: 'c',
  text: `select json_build_object('id', q.id, 'number', q.number, 'slug', q.slug, 'title', q.title, 'body', q.body, 'kind', q.kind, 'state', q.state,
      'author', ${person('q', 'p', 'r')},
      'themes', (select json_agg(json_build_object('id', t.id, 'slug', t.slug, 'name', t.name, 'nameEn', t.name_en)) from question_themes qt join themes t on t.id = qt.theme_id where qt.question_id = q.id),
      'askedAt', q.asked_at, 'editedAt', q.edited_at, 'closedAt', q.closed_at, 'closedReason', q.closed_reason, 'version', q.version, 'peopleAsked', q.people_asked,
      'firstAnswerAt', q.first_answer_at, 'meToos', q.me_too_count, 'missingPerspectives', q.perspectives, 'escalations', json '[]',
      'yield', case when q.yield_at is not null then json_build_object('body', y.body, 'didNotWork', y.did_not_work, 'sharedAt', y.shared_at) end,
      'answers', (select json_agg(json_build_object('id', a.id, 'author', ${person('a', 'w', 'wr')}, 'body', a.body, 'postedAt', a.posted_at,
          'editedAt', a.edited_at, 'version', a.version, 'perspective', a.perspective, 'referral', a.referral_url, 'helped', a.helped_at is not null,
          'turn', a.turn, 'thanks', a.thanks_count, 'followUps', json '[]') order by a.posted_at)
        from answers a left join people w on w.id = a.author_id left join regions wr on wr.code = w.region_code where a.question_id = q.id))::text as json
    from questions q left join people p on p.id = q.author_id left join regions r on r.code = p.region_code left join yields y on y.question_id = q.id
    where q.number = $1`,
}
app.get<{ Params: { number: string } }>('/c/:number', async (request, reply) => {
  const { rows } = await pool.query({ ...question, values: [request.params.number] })
  return reply.type('application/json').send(rows[0].json)
})

const list = {
  name: 'list',
  text: `select json_agg(json_build_object('id', q.id, 'number', q.number, 'slug', q.slug, 'title', q.title, 'askedAt', q.asked_at, 'answers', q.answer_count, 'name', p.name,
      'themes', (select json_agg(json_build_object('id', t.id, 'slug', t.slug, 'name', t.name)) from question_themes qt join themes t on t.id = qt.theme_id where qt.question_id = q.id)) order by l.asked_at)::text as json
    from (select qt.question_id, qt.asked_at from question_themes qt join questions w on w.id = qt.question_id
          where qt.theme_id = $1 and w.answer_count = 0 and (qt.asked_at, qt.question_id) > ($2, $3) order by qt.asked_at, qt.question_id limit 20) l
    join questions q on q.id = l.question_id left join people p on p.id = q.author_id`,
}
app.get<{ Querystring: { theme: string; at: string; id: string } }>('/list', async (request, reply) => {
  const { theme, at, id } = request.query
  const { rows } = await pool.query({ ...list, values: [theme, at, id] })
  return reply.type('application/json').send(rows[0].json ?? '[]')
})

const reply = {
  name: 'w',
  text: `with post as (insert into bench_posts (question_id, author_id, body, posted_at) values ($1, $2, $3, now()) returning id),
      outbox as (insert into bench_outbox (type, subject_id, happened_at) select 'answer.posted', id, now() from post)
    select id, pg_notify('bench', id::text) from post`,
}
app.post<{ Body: { questionId: string; authorId: string; body: string } }>('/w', async (request, answer) => {
  const { questionId, authorId, body } = request.body
  const { rows } = await pool.query({ ...reply, values: [questionId, authorId, body] })
  return answer.code(201).send({ id: rows[0].id })
})

// Bare fan-out of the stream: one prepared buffer written to every listener.
const listeners = new Set<import('node:http').ServerResponse>()
app.get('/sse', (_request, answer) => {
  answer.hijack()
  answer.raw.writeHead(200, { 'content-type': 'text/event-stream' })
  answer.raw.write(':\n\n')
  listeners.add(answer.raw)
  answer.raw.on('close', () => listeners.delete(answer.raw))
})
app.post('/sse', async () => {
  const buffer = Buffer.from('event: question\ndata: {"type":"question"}\n\n')
  for (const listener of listeners) listener.write(buffer)
  return {}
})

await app.listen({ port: 0, host: '127.0.0.1' })
const address = app.server.address()
process.send?.({ ready: true, port: typeof address === 'object' ? address?.port : 0 })
process.on('disconnect', () => process.exit(0))
