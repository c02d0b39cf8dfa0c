import { plazaId } from '@meedenk/domain/channels/schemas'
import pg from 'pg'

export type Size = { members: number; questions: number; answersEach: number }
export const sizes: Record<'quick' | 'full', Size> = {
  quick: { members: 20_000, questions: 20_000, answersEach: 5 },
  full: { members: 100_000, questions: 100_000, answersEach: 5 },
}

/** Sentences of the field's own words, so that the text index has something real to chew on. */
const words = `'wijkteam','schulden','bewoner','gesprek','indicatie','eenzaamheid','mantelzorg','huurachterstand','jeugdhulp','gezin','school','beleid','gemeente','aanvraag','bezwaar','vrijwilliger','buurthuis','contact','vertrouwen','huisbezoek','toeslagen','budgetbeheer','overlast','dementie','inburgering','taalles','dagbesteding','begeleiding','verwijzing','casus','privacy','toestemming','regie','netwerk','preventie','signaal','melding','traject','nazorg','samenwerking'`
const sentence = (count: number, salt: string) =>
  `(select string_agg((array[${words}])[1 + (abs(hashint8(i * 7919 + k * 104729 + ${salt})) % 40)], ' ') from generate_series(1, ${count}) k)`

/** Fills a migrated, empty database with members, questions and answers, by set-based statements as its owner. */
export async function fill(ownerUrl: string, { members, questions, answersEach }: Size): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query("set synchronous_commit = off; set session_replication_role = 'replica'")
    await client.query(
      `insert into people (id, handle, name, role_kind, job_title, joined_at, onboarded_at)
       select ('00000000-0000-7000-9000-' || lpad(to_hex(i), 12, '0'))::uuid, 'lid-' || i, 'Lid ' || i,
         (array['practice','policy','coordination','knowledge'])[1 + i % 4], 'Wijkteammedewerker', now(), now()
       from generate_series(1, $1::int) i on conflict do nothing`,
      [members],
    )
    await client.query(
      `insert into accounts (person_id, email, confirmed_at) select id, handle || '@voorbeeld.test', now() from people where handle like 'lid-%' on conflict do nothing`,
    )
    await client.query(
      `insert into person_expertises (theme_id, person_id, level, since)
       select (array(select id from themes where slug not like 'bench-%' order by slug))[1 + (n % greatest((select count(*) from themes where slug not like 'bench-%'), 1))::int], p.id, 'much', now()
       from (select id, row_number() over (order by id) as n from people where handle like 'lid-%') p on conflict do nothing`,
    )
    await client.query(
      `insert into questions (channel_id, id, number, slug, kind, title, body, author_id, asked_at, last_activity_at, answer_count, perspectives, first_answer_at, first_answer_office_minutes, people_asked)
       select $1, ('00000000-0000-7000-a000-' || lpad(to_hex(i), 12, '0'))::uuid, 1000000 + i, 'vraag-' || i, 'think_along',
         ${sentence(8, '1')}, ${sentence(90, '2')},
         ('00000000-0000-7000-9000-' || lpad(to_hex(1 + (i::bigint * 7919) % $3::int), 12, '0'))::uuid,
         at, at + interval '5 hours', case when i % 20 = 0 then 0 else $4::int end, case when i % 20 = 0 then '{}' else '{practice,policy}'::text[] end,
         case when i % 20 = 0 then null else at + interval '1 hour' end, 60, 250
       from generate_series(1, $2::int) i, lateral (select now() - i * interval '20 minutes' as at) t`,
      [plazaId, questions, members, answersEach],
    )
    await client.query(
      `insert into question_themes (channel_id, question_id, theme_id, asked_at)
       select q.channel_id, q.id, (array(select id from themes where slug not like 'bench-%' order by slug))[1 + (q.number % greatest((select count(*) from themes where slug not like 'bench-%'), 1))::int], q.asked_at
       from questions q where q.number > 1000000`,
    )
    await client.query(
      `insert into answers (channel_id, question_id, author_id, perspective, body, posted_at)
       select q.channel_id, q.id, ('00000000-0000-7000-9000-' || lpad(to_hex(1 + (i * 31 + q.number) % $2::int), 12, '0'))::uuid,
         (array['practice','policy'])[1 + i % 2], ${sentence(150, '3')}, q.asked_at + i * interval '1 hour'
       from questions q, generate_series(1, $1::int) i where q.number > 1000000 and q.answer_count > 0`,
      [answersEach, members],
    )
    await client.query('set session_replication_role = default')
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}

export const questionNumber = (size: Size) => {
  const i = 1 + Math.floor(Math.random() * size.questions)
  return 1_000_000 + (i % 20 === 0 ? i - 1 : i)
}
export const memberId = (i: number) => `00000000-0000-7000-9000-${i.toString(16).padStart(12, '0')}`

/** A theme with exactly so many experts. */
export async function givenExperts(ownerUrl: string, count: number): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const slug = `bench-${count}-${Date.now()}`
    const { rows } = await client.query(
      `insert into themes (slug, name, name_en, description, keywords, bond, tint, position) values ($1, $1, $1, '', '{}', 'block', 'gracht', 99) returning id`,
      [slug],
    )
    await client.query(
      `insert into person_expertises (theme_id, person_id, level, since)
       select $1, id, 'much', now() from people where handle like 'lid-%' order by id limit $2`,
      [rows[0].id, count],
    )
    await client.query('analyze person_expertises; analyze themes')
    return rows[0].id
  } finally {
    await client.end()
  }
}
