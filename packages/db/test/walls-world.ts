import { randomUUID } from 'node:crypto'
import { plazaId } from '@meedenk/domain/channels/schemas'
import type pg from 'pg'
import { at, putHouse, putModeration, putPersonal } from './walls-people.ts'

export type Values = Record<string, unknown>
/** A row somebody may or may not reach, with a name a reader understands. */
export type WorldRow = { table: string; label: string; key: Values }
export type World = {
  rows: WorldRow[]
  ids: Record<'anna' | 'bram' | 'mo' | 'paul' | 'olga' | 'lena' | 'channelA' | 'channelB' | 'theme' | 'next', string>
  questions: Record<QuestionLabel, string>
  answers: Record<QuestionLabel, string>
  /** A decision Anna was told of, and an open report that somebody can be recognised. */
  decision: string
  report: string
}
type QuestionLabel = keyof typeof questionsOf

/** Every text in closed channels starts with this, so that a leak is found by looking for it. */
export const closedCanary = 'KAN-closed'

/** Who asked, in which channel, and what became of it. Without an author: sealed, by Anna. */
const questionsOf = {
  open: { channel: 'plaza', author: 'anna', values: {} },
  sealed: { channel: 'plaza', author: null, values: {} },
  hidden: { channel: 'plaza', author: 'anna', values: { hidden_at: at } },
  withdrawn: { channel: 'plaza', author: 'anna', values: { withdrawn_at: at } },
  closedA: { channel: 'channelA', author: 'anna', values: {} },
  closedB: { channel: 'channelB', author: 'bram', values: {} },
  sealedA: { channel: 'channelA', author: null, values: {} },
  paused: { channel: 'plaza', author: 'paul', values: {} },
  observed: { channel: 'channelA', author: 'olga', values: {} },
} as const

/** One row of everything in each place that matters: of Anna in channel A, Bram in B, Mo who moderates the plaza and is in
 * no channel, Paul who is paused, Olga who may only look in A, and Lena who is leaving. */
export async function givenWorld(owner: pg.Pool | pg.PoolClient): Promise<World> {
  const rows: WorldRow[] = []
  const keys = await primaryKeys(owner)
  async function put(table: string, label: string, values: Values): Promise<Values> {
    const names = Object.keys(values)
    const { rows: made } = await owner.query<{ row: Values }>(
      `insert into ${table} (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')}) returning to_jsonb(${table}.*) as row`,
      Object.values(values),
    )
    const row = made[0]?.row ?? {}
    rows.push({ table, label, key: Object.fromEntries((keys[table] ?? []).map((name) => [name, row[name]])) })
    return row
  }
  const ids = await putPeople(put)
  const { questions, answers } = await putQuestions(put, ids)
  for (const name of ['anna', 'bram'] as const) await putPersonal(put, name, ids, questions)
  const { decision, report } = await putModeration(put, ids, questions)
  await putHouse(put, ids, questions)
  return { rows, ids, questions, answers, decision, report }
}

async function primaryKeys(owner: pg.Pool | pg.PoolClient): Promise<Record<string, string[]>> {
  const { rows } = await owner.query<{ table: string; columns: string[] }>(
    `select i.indrelid::regclass::text as table, array_agg(a.attname::text) as columns
     from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
     where i.indisprimary and i.indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace) group by 1`,
  )
  return Object.fromEntries(rows.map(({ table, columns }) => [table, columns]))
}

export type Put = (table: string, label: string, values: Values) => Promise<Values>

async function putPeople(put: Put): Promise<World['ids']> {
  const ids = { plaza: plazaId } as unknown as World['ids'] // Filled below, name by name.
  const fields = { job_title: 'job', organisation: 'org', about: 'about', role_kind: 'practice' }
  const visible = {
    job_title_visibility: 'everyone',
    organisation_visibility: 'members',
    about_visibility: 'nobody',
    region_visibility: 'members',
  }
  const who = {
    anna: { ...fields, ...visible },
    bram: {},
    mo: { platform_role: 'moderator' },
    paul: { state: 'paused' },
    olga: {},
    lena: { state: 'leaving' },
  }
  await put('regions', 'region', {
    code: 'GM9901',
    name: 'KAN',
    province: 'KAN',
    region: 'KAN',
    aliases: [],
    inhabitants: 1,
  })
  for (const [name, values] of Object.entries(who)) {
    const person = {
      handle: `${name}-${randomUUID().slice(0, 8)}`,
      name,
      region_code: 'GM9901',
      joined_at: at,
      ...values,
    }
    ids[name as 'anna'] = String((await put('people', name, person))['id']) // One of the names above.
  }
  for (const channel of ['channelA', 'channelB'] as const) {
    const made = await put('channels', channel, {
      slug: `${closedCanary}-${channel}`,
      name: `${closedCanary}-${channel}`,
      kind: 'rented',
      created_at: at,
    })
    ids[channel] = String(made['id'])
  }
  await put('channel_members', 'annaInA', {
    channel_id: ids.channelA,
    person_id: ids.anna,
    role: 'member',
    joined_at: at,
  })
  await put('channel_members', 'bramInB', {
    channel_id: ids.channelB,
    person_id: ids.bram,
    role: 'member',
    joined_at: at,
  })
  await put('channel_members', 'olgaInA', {
    channel_id: ids.channelA,
    person_id: ids.olga,
    role: 'observer',
    joined_at: at,
  })
  const theme = { name: 'KAN', name_en: 'KAN', description: '', keywords: [], bond: 'block', tint: 'zon', position: 1 }
  ids.theme = String((await put('themes', 'theme', { slug: 'kan-one', ...theme }))['id'])
  ids.next = String((await put('themes', 'next', { slug: 'kan-two', ...theme }))['id'])
  await put('theme_neighbours', 'pair', { theme_id: ids.theme, neighbour_id: ids.next, distance: 1 })
  return ids
}

async function putQuestions(put: Put, ids: World['ids']): Promise<Pick<World, 'questions' | 'answers'>> {
  // Filled below, label by label.
  const questions = {} as World['questions']
  const answers = {} as World['answers']
  for (const [label, { channel, author, values }] of Object.entries(questionsOf)) {
    const channel_id = channel === 'plaza' ? plazaId : ids[channel]
    const canary = channel === 'plaza' ? `KAN-plaza-${label}` : `${closedCanary}-${label}`
    const writer = author ? ids[author] : null
    const question = {
      channel_id,
      slug: canary,
      kind: 'think_along',
      title: `${canary}-title`,
      body: `${canary}-body`,
      author_id: writer,
      asked_at: at,
      last_activity_at: at,
    }
    const id = String((await put('questions', label, { ...question, ...values }))['id'])
    questions[label as QuestionLabel] = id // The keys of questionsOf.
    await put('question_themes', label, { channel_id, question_id: id, theme_id: ids.theme, asked_at: at })
    const answer = await put('answers', label, {
      channel_id,
      question_id: id,
      author_id: writer,
      perspective: 'practice',
      body: `${canary}-answer`,
      posted_at: at,
      ...values,
    })
    answers[label as QuestionLabel] = String(answer['id'])
    if (!author) {
      await put('sealed_authors', label, { channel_id, subject_id: id, person_id: ids.anna })
      await put('sealed_authors', `${label}Answer`, { channel_id, subject_id: answer['id'], person_id: ids.anna })
    }
    await put('revisions', label, {
      channel_id,
      subject_id: id,
      title: `${canary}-old`,
      body: `${canary}-old`,
      replaced_at: at,
    })
    await put('yields', label, { channel_id, question_id: id, body: `${canary}-yield`, shared_at: at })
    await put('yield_reminders', label, { channel_id, question_id: id, day: 7, asked_at: at })
    await put('escalations', label, { channel_id, question_id: id, step: 'neighbours', taken_at: at, people: 1 })
    if (!['sealed', 'closedA', 'closedB'].includes(label)) continue
    await put('seal_openings', label, {
      channel_id,
      subject_id: id,
      opened_by: ids.mo,
      reason: `${canary}-opened`,
      opened_at: at,
    })
    await put('moderation_decisions', label, {
      channel_id,
      subject_kind: 'question',
      subject_id: id,
      decision: 'hide',
      reason: `${canary}-decided`,
      decided_by: ids.mo,
      decided_at: at,
    })
    await put('reports', label, {
      channel_id,
      subject_kind: 'question',
      subject_id: id,
      reason: 'unsafe',
      explanation: `${canary}-report`,
      reporter_id: label === 'closedA' ? ids.anna : ids.bram,
      reported_at: at,
      due_at: at,
    })
    await put('events', label, { type: 'question.asked', channel_id, question_id: id, subject_id: id, happened_at: at })
    for (const person of ['anna', 'bram'] as const) {
      if (label === 'closedA' && person === 'bram') continue
      if (label === 'closedB' && person === 'anna') continue
      await put('thanks', `${label}By${person}`, {
        channel_id,
        answer_id: answer['id'],
        person_id: ids[person],
        thanked_at: at,
      })
      await put('me_toos', `${label}By${person}`, { channel_id, question_id: id, person_id: ids[person], said_at: at })
      await put('notices', `${label}To${person}`, {
        person_id: ids[person],
        kind: 'question_routed',
        channel_id,
        question_id: id,
        subject_id: id,
        because: canary,
        added_at: at,
      })
      await put('saved_questions', `${label}Of${person}`, {
        person_id: ids[person],
        channel_id,
        question_id: id,
        saved_at: at,
      })
    }
  }
  await putLeftBehind(put, ids, questions, answers)
  return { questions, answers }
}

/** What Bram did in channel A, which he is no longer a member of. */
async function putLeftBehind(put: Put, ids: World['ids'], questions: World['questions'], answers: World['answers']) {
  const his = { channel_id: ids.channelA, person_id: ids.bram }
  await put('thanks', 'closedABybramWhoLeft', { ...his, answer_id: answers.closedA, thanked_at: at })
  await put('me_toos', 'closedABybramWhoLeft', { ...his, question_id: questions.closedA, said_at: at })
  await put('sealed_authors', 'closedABybramWhoLeft', { ...his, subject_id: randomUUID() })
}
