import { randomUUID } from 'node:crypto'
import type { Person } from '@meedenk/domain/actor'
import { plazaId } from '@meedenk/domain/channels/schemas'
import type { TestDatabase } from './database.ts'

let serial = 0
const next = () => `${process.pid}-${Date.now().toString(36)}-${++serial}`

type PersonOptions = {
  name?: string
  email?: string
  platformRole?: 'member' | 'moderator' | 'admin'
  state?: 'active' | 'paused' | 'stopped'
  roleKind?: string
  regionCode?: string
  jobTitle?: string
  expertises?: string[]
}
export type TestPerson = Person & { email: string; handle: string; name: string }

/** A person with an account, a live session of level 1, and the given expertises (theme ids). */
export async function givenPerson({ owner }: TestDatabase, options: PersonOptions = {}): Promise<TestPerson> {
  const tag = next()
  const person = {
    name: options.name ?? `Persoon ${tag}`,
    email: options.email ?? `p-${tag}@voorbeeld.test`,
    handle: `p-${tag}`.toLowerCase(),
  }
  const { rows } = await owner.query(
    `insert into people (handle, name, platform_role, state, role_kind, region_code, job_title, joined_at, onboarded_at)
     values ($1, $2, $3, $4, $5, $6, $7, now(), now()) returning id`,
    [
      person.handle,
      person.name,
      options.platformRole ?? 'member',
      options.state ?? 'active',
      options.roleKind ?? 'practice',
      options.regionCode ?? null,
      options.jobTitle ?? null,
    ],
  )
  const personId: string = rows[0].id
  await owner.query('insert into accounts (person_id, email, confirmed_at) values ($1, $2, now())', [
    personId,
    person.email,
  ])
  const session = await owner.query(
    `insert into sessions (person_id, device, level, methods, started_at, last_used_at, proven_at, expires_at)
     values ($1, 'test', 1, '{mail}', now(), now(), now(), now() + interval '30 days') returning id`,
    [personId],
  )
  for (const themeId of options.expertises ?? []) {
    await owner.query(
      `insert into person_expertises (theme_id, person_id, level, since) values ($1, $2, 'much', now())`,
      [themeId, personId],
    )
  }
  return {
    kind: 'person',
    personId,
    sessionId: session.rows[0].id,
    level: 1,
    platformRole: options.platformRole ?? 'member',
    state: options.state ?? 'active',
    ...person,
  }
}

export type TestTheme = { id: string; slug: string; name: string }
/** A theme of its own, so that routing in one test reaches nobody of another. */
export async function givenTheme(
  { owner }: TestDatabase,
  options: { name?: string; guardianId?: string } = {},
): Promise<TestTheme> {
  const slug = `thema-${next()}`.toLowerCase()
  const name = options.name ?? `Thema ${slug}`
  const { rows } = await owner.query(
    `insert into themes (slug, name, name_en, description, keywords, bond, tint, position, guardian_id)
     values ($1, $2, $2, '', '{}', 'block', 'gracht', 0, $3) returning id`,
    [slug, name, options.guardianId ?? null],
  )
  return { id: rows[0].id, slug, name }
}

/** A municipality, in a labour market region of that name. */
export async function givenRegion(
  { owner }: TestDatabase,
  options: { region?: string } = {},
): Promise<{ code: string; name: string }> {
  const code = `GM${String(Math.floor(Math.random() * 9000) + 1000)}`
  const name = `Gemeente ${code}`
  await owner.query(
    `insert into regions (code, name, province, region, aliases, inhabitants) values ($1, $2, 'Utrecht', $3, '{}', 1000) on conflict (code) do nothing`,
    [code, name, options.region ?? `Regio ${code}`],
  )
  return { code, name }
}

type QuestionOptions = {
  title?: string
  body?: string
  author?: Person
  anonymous?: boolean
  themes?: TestTheme[]
  askedAt?: Date
  hiddenAt?: Date
  kind?: string
}
/** A question on the plaza, as if asked through the product, without its event. */
export async function givenQuestion(
  { owner }: TestDatabase,
  options: QuestionOptions = {},
): Promise<{ id: string; number: number; slug: string }> {
  const id = randomUUID()
  const slug = `vraag-${next()}`.toLowerCase()
  const { rows } = await owner.query(
    `insert into questions (channel_id, id, slug, kind, title, body, author_id, asked_at, last_activity_at, hidden_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9) returning number`,
    [
      plazaId,
      id,
      slug,
      options.kind ?? 'think_along',
      options.title ?? `Hoe pak je dit aan, vraag ${slug}?`,
      options.body ?? '',
      options.anonymous ? null : (options.author?.personId ?? null),
      options.askedAt ?? new Date(),
      options.hiddenAt ?? null,
    ],
  )
  if (options.anonymous && options.author) {
    await owner.query('insert into sealed_authors (channel_id, subject_id, person_id) values ($1, $2, $3)', [
      plazaId,
      id,
      options.author.personId,
    ])
  }
  for (const theme of options.themes ?? []) {
    await owner.query(
      'insert into question_themes (channel_id, question_id, theme_id, asked_at) values ($1, $2, $3, $4)',
      [plazaId, id, theme.id, options.askedAt ?? new Date()],
    )
  }
  return { id, number: Number(rows[0].number), slug }
}

type AnswerOptions = {
  author: Person
  body?: string
  anonymous?: boolean
  perspective?: string
  parentId?: string
  byAsker?: boolean
  postedAt?: Date
  hiddenAt?: Date
}
/** An answer or, with `parentId`, a follow-up, as if posted through the product, without its event. */
export async function givenAnswer(
  { owner }: TestDatabase,
  questionId: string,
  options: AnswerOptions,
): Promise<{ id: string }> {
  const id = randomUUID()
  await owner.query(
    `insert into answers (channel_id, id, question_id, parent_id, author_id, by_asker, perspective, body, posted_at, hidden_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      plazaId,
      id,
      questionId,
      options.parentId ?? null,
      options.anonymous ? null : options.author.personId,
      options.byAsker ?? false,
      options.parentId ? null : (options.perspective ?? 'practice'),
      options.body ?? `Antwoord ${next()}`,
      options.postedAt ?? new Date(),
      options.hiddenAt ?? null,
    ],
  )
  if (options.anonymous) {
    await owner.query('insert into sealed_authors (channel_id, subject_id, person_id) values ($1, $2, $3)', [
      plazaId,
      id,
      options.author.personId,
    ])
  }
  return { id }
}

/** A closed channel with its members; the plaza's readers are not among them. */
export async function givenChannel({ owner }: TestDatabase, members: Person[] = []): Promise<{ id: string }> {
  const { rows } = await owner.query(
    `insert into channels (slug, name, kind, created_at) values ($1, $1, 'rented', now()) returning id`,
    [`kanaal-${next()}`],
  )
  for (const member of members) {
    await owner.query(
      `insert into channel_members (channel_id, person_id, role, joined_at) values ($1, $2, 'member', now())`,
      [rows[0].id, member.personId],
    )
  }
  return { id: rows[0].id }
}

/** The events recorded about a subject, oldest first. */
export async function recordedEvents(
  { owner }: TestDatabase,
  subjectId: string,
): Promise<{ type: string; actor_id: string | null }[]> {
  const { rows } = await owner.query('select type, actor_id from events where subject_id = $1 order by id', [subjectId])
  return rows
}
