import { randomUUID } from 'node:crypto'
import type { TestDatabase } from '@meedenk/db/test/database'
import { givenAnswer, givenChannel, givenPerson, givenQuestion, givenTheme } from '@meedenk/db/test/factories'
import { plazaId } from '@meedenk/domain/channels/schemas'

export const canary = 'KANARIE'
export type Contributions = 'without_name' | 'with_name' | 'erase'

/** Somebody who is everywhere in the house, with a canary in every text of their own, and others who built on some of it. */
export async function givenCanary(database: TestDatabase) {
  const { owner } = database
  const theme = await givenTheme(database)
  const person = await givenPerson(database, {
    name: canary,
    email: `${canary.toLowerCase()}-${randomUUID()}@voorbeeld.test`,
    jobTitle: canary,
    expertises: [theme.id],
  })
  const [other, asker] = [await givenPerson(database), await givenPerson(database)]
  const id = person.personId
  const channel = (await givenChannel(database, [person])).id
  const text = (what: string) => `${canary} ${what}`

  const own = {
    kept: await givenQuestion(database, {
      author: person,
      title: 'A question that others answered',
      body: 'And built on',
      themes: [theme],
    }),
    alone: await givenQuestion(database, { author: person, title: text('alone'), body: text('alone') }),
    sealedAlone: await givenQuestion(database, { author: person, anonymous: true, title: text('sealed alone') }),
    sealedKept: await givenQuestion(database, {
      author: person,
      anonymous: true,
      title: 'A sealed question of some length',
    }),
  }
  await givenAnswer(database, own.kept.id, { author: other })
  await givenAnswer(database, own.sealedKept.id, { author: other })
  const theirs = [
    await givenQuestion(database, { author: asker }),
    await givenQuestion(database, { author: asker }),
  ] as const
  const answers = {
    builtOn: await givenAnswer(database, theirs[0].id, { author: person, body: 'Built on' }),
    leaf: await givenAnswer(database, theirs[0].id, { author: person, body: text('leaf') }),
    helped: await givenAnswer(database, theirs[1].id, { author: person, body: 'Helped' }),
    sealed: await givenAnswer(database, theirs[1].id, { author: person, anonymous: true, body: text('sealed') }),
  }
  const reaction = await givenAnswer(database, theirs[0].id, { author: other, parentId: answers.builtOn.id })
  const ofOther = await givenAnswer(database, theirs[0].id, { author: other })
  await givenAnswer(database, theirs[0].id, { author: person, parentId: ofOther.id, body: text('asked further') })
  await owner.query('update answers set helped_at = now() where id = $1', [answers.helped.id])
  await owner.query('update people set about = $2, organisation = $2, portrait = $2 where id = $1', [id, canary])
  await owner.query('update themes set guardian_id = $2 where id = $1', [theme.id, id])

  const bytes = Buffer.from(canary)
  const put = async (table: string, values: Record<string, unknown>) => {
    const names = Object.keys(values)
    await owner.query(
      `insert into ${table} (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
      Object.values(values),
    )
  }
  const now = new Date()
  const mine = { person_id: id }
  const timed = { created_at: now, expires_at: now }
  await put('person_interests', { ...mine, theme_id: theme.id, since: now })
  await put('passkeys', {
    ...mine,
    id: text(id),
    public_key: bytes,
    counter: 0,
    transports: [],
    label: canary,
    created_at: now,
  })
  await put('passkey_challenges', { ...mine, challenge: canary, purpose: 'add', expires_at: now })
  await put('passwords', { ...mine, hash: canary, set_at: now })
  await put('totp_secrets', { ...mine, secret_sealed: bytes })
  await put('recovery_codes', { ...mine, hash: bytes })
  await put('drafts', { ...mine, key: 'ask', content: `{"title":"${canary}"}`, saved_at: now })
  await put('saved_questions', { ...mine, channel_id: plazaId, question_id: theirs[0].id, saved_at: now })
  await put('pace_settings', { ...mine, kind: 'answers', pace: 'weekly' })
  await put('mail_pauses', { ...mine, until: now })
  await put('mails', { ...mine, template: 'notices', address: canary, queued_at: now })
  await put('mails', { address: person.email, template: 'sign_in', queued_at: now })
  await put('notices', {
    ...mine,
    kind: 'question_routed',
    channel_id: plazaId,
    question_id: theirs[0].id,
    subject_id: theirs[0].id,
    because: canary,
    added_at: now,
  })
  await put('notices', {
    person_id: asker.personId,
    kind: 'answer_posted',
    channel_id: plazaId,
    question_id: theirs[0].id,
    subject_id: answers.leaf.id,
    added_at: now,
  })
  await put('thanks', { ...mine, channel_id: plazaId, answer_id: ofOther.id, thanked_at: now })
  await put('thanks', { person_id: asker.personId, channel_id: plazaId, answer_id: answers.leaf.id, thanked_at: now })
  await put('me_toos', { ...mine, channel_id: plazaId, question_id: theirs[1].id, said_at: now })
  await put('revisions', {
    channel_id: plazaId,
    subject_id: own.alone.id,
    title: canary,
    body: canary,
    replaced_at: now,
  })
  await put('yields', { channel_id: plazaId, question_id: own.alone.id, body: canary, shared_at: now })
  await put('sign_in_attempts', {
    email: person.email,
    code_hash: bytes,
    link_hash: Buffer.from(randomUUID()),
    code_sealed: bytes,
    browser_hash: bytes,
    locale: 'nl',
    next: `/${canary}`,
    ...timed,
  })
  await put('confirmations', {
    ...mine,
    purpose: 'stop',
    email: person.email,
    code_hash: bytes,
    code_sealed: bytes,
    ...timed,
  })
  await put('email_moves', {
    ...mine,
    old_email: `old-${person.email}`,
    new_email: person.email,
    moved_at: now,
    undo_until: now,
  })
  await put('sign_in_attempts', {
    email: `old-${person.email}`,
    code_hash: bytes,
    link_hash: Buffer.from(randomUUID()),
    code_sealed: bytes,
    browser_hash: bytes,
    locale: 'nl',
    ...timed,
  })
  await put('exports', { ...mine, requested_at: now, expires_at: now, page: bytes, data: bytes })
  await put('idempotency_keys', { ...mine, key: canary, request_hash: bytes, response: canary, created_at: now })
  await put('throttles', { key: `turn:report:person:${id}`, hits: 1, resets_at: now })
  const post = { channel_id: plazaId, subject_kind: 'question', subject_id: theirs[0].id }
  await put('reports', {
    ...post,
    reason: 'unsafe',
    explanation: canary,
    reporter_id: id,
    reporter_name: canary,
    reporter_email: canary,
    reported_at: now,
    due_at: now,
  })
  await put('reports', {
    ...post,
    reason: 'unsafe',
    explanation: canary,
    reporter_name: canary,
    reporter_email: person.email.toUpperCase(),
    reported_at: now,
    due_at: now,
  })
  await put('moderation_decisions', {
    ...post,
    decision: 'keep',
    reason: 'As a moderator, once',
    decided_by: id,
    decided_at: now,
  })
  await put('seal_openings', {
    channel_id: plazaId,
    subject_id: theirs[1].id,
    opened_by: id,
    reason: 'As a moderator, once',
    opened_at: now,
  })
  await put('events', {
    type: 'answer.posted',
    channel_id: plazaId,
    actor_id: id,
    subject_id: answers.leaf.id,
    question_id: theirs[0].id,
    happened_at: now,
  })
  // In a closed channel too.
  const closed = randomUUID()
  await put('questions', {
    channel_id: channel,
    id: closed,
    slug: 'closed',
    kind: 'think_along',
    title: text('closed'),
    body: canary,
    author_id: id,
    asked_at: now,
    last_activity_at: now,
  })
  return { person, other, asker, theme, own, theirs, answers, reaction, ofOther, channel, closed }
}

/** Lets the two weeks pass for somebody who stopped. */
export async function givenStopped(
  { owner }: TestDatabase,
  personId: string,
  contributions: Contributions,
): Promise<void> {
  await owner.query(`update people set state = 'leaving' where id = $1`, [personId])
  await owner.query(
    `insert into departures (person_id, contributions, state_before, requested_at, due_at)
     values ($1, $2, 'active', now() - interval '15 days', now() - interval '1 day')`,
    [personId, contributions],
  )
}

/** Every column of every table in which a text stands, as `table.column`; bytes are read as text too. */
export async function findEverywhere({ owner }: TestDatabase, wanted: string): Promise<string[]> {
  const { rows } = await owner.query<{ table: string; column: string; type: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table, a.attname as column, format_type(a.atttypid, null) as type
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where n.nspname in ('public', 'bullmq') and c.relkind in ('r', 'p') and not c.relispartition`,
  )
  const found: string[] = []
  for (const { table, column, type } of rows) {
    const value = type === 'bytea' ? `convert_from("${column}", 'latin1')` : `"${column}"::text`
    const { rowCount } = await owner.query(`select 1 from ${table} where ${value} ilike $1 limit 1`, [`%${wanted}%`])
    if (rowCount) found.push(`${table.replace('public.', '')}.${column}`)
  }
  return found.toSorted()
}

/** Columns that refer to a person, by the foreign keys of the database itself. */
export async function referencesToPeople({ owner }: TestDatabase): Promise<{ table: string; column: string }[]> {
  const { rows } = await owner.query<{ table: string; column: string }>(
    `select con.conrelid::regclass::text as table, a.attname as column
     from pg_constraint con join pg_attribute a on a.attrelid = con.conrelid and a.attnum = con.conkey[1]
     where con.contype = 'f' and con.confrelid = 'people'::regclass order by 1, 2`,
  )
  return rows
}
