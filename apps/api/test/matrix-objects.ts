import { randomUUID } from 'node:crypto'
import { plazaId } from '@meedenk/domain/channels/schemas'
import type { ActorName, World } from './matrix-world.ts'

/** What became of a question and its answer. `none`: an id that nothing has. */
export const objectNames = ['open', 'sealed', 'hidden', 'withdrawn', 'closedA', 'none'] as const
export type ObjectName = (typeof objectNames)[number]
export type Target = { questionId: string; answerId: string; number: number; slug: string }

let serial = 0

/** A question with an answer, an earlier version of both and a yield, all of them canaries; asked three days ago. */
export async function givenTarget(world: World, object: ObjectName): Promise<Target> {
  const target = { questionId: randomUUID(), answerId: randomUUID() }
  if (object === 'none') return { ...target, number: 999_999_999, slug: 'nothing' }
  const { people, sealer, channelA } = world
  const isClosed = object === 'closedA'
  const isSealed = object === 'sealed'
  const scope = isSealed ? 'open' : object.toLowerCase()
  const asker = isClosed ? people.insider.personId : people.asker.personId
  const values = {
    channel: isClosed ? channelA : plazaId,
    ...target,
    slug: `kan-${scope}-slug-${++serial}`,
    question: `KAN-${scope}-question`,
    answer: scope === 'open' || isClosed ? `KAN-${scope}-answer` : `KAN-${scope}answer`,
    asker: isSealed ? null : asker,
    writer: isClosed ? people.insider.personId : isSealed ? null : people.writer.personId,
    sealer: isSealed ? sealer.personId : null,
    hidden: object === 'hidden',
    withdrawn: object === 'withdrawn',
    theme: world.themeId,
  }
  const { rows } = await world.database.owner.query<{ number: number }>(plant, Object.values(values))
  return { ...target, number: Number(rows[0]?.number), slug: values.slug }
}

const plant = `
  with asked as (
    insert into questions (channel_id, id, slug, kind, title, body, author_id, asked_at, last_activity_at, hidden_at, withdrawn_at)
    values ($1, $2, $4, 'think_along', $5 || '-title of some length', $5 || '-body', $7, now() - interval '3 days', now(),
      case when $10::boolean then now() end, case when $11::boolean then now() end) returning number
  ), answered as (
    insert into answers (channel_id, id, question_id, author_id, perspective, body, posted_at, hidden_at, withdrawn_at)
    values ($1, $3, $2, $8, 'practice', $6 || '-body', now(), case when $10 then now() end, case when $11 then now() end)
  ), sealed as (
    insert into sealed_authors (channel_id, subject_id, person_id) select $1, s, $9::uuid from unnest(array[$2, $3]::uuid[]) s where $9::uuid is not null
  ), themed as (
    insert into question_themes (channel_id, question_id, theme_id, asked_at) values ($1, $2, $12, now())
  ), changed as (
    insert into revisions (channel_id, subject_id, title, body, replaced_at) values ($1, $2, $5 || '-old', $5 || '-old', now()), ($1, $3, null, $6 || '-old', now())
  ), reminded as (
    insert into yield_reminders (channel_id, question_id, day, asked_at) values ($1, $2, 7, now())
  ), yielded as (
    insert into yields (channel_id, question_id, body, shared_at) values ($1, $2, $5 || '-yield', now())
  )
  select number from asked`

/** A report of a post that is still open; in the closed channel for `closedA`. */
export async function givenReport(world: World, object: ObjectName): Promise<string> {
  if (object === 'none') return randomUUID()
  const { questionId } = await givenTarget(world, object)
  const { rows } = await world.database.owner.query<{ id: string }>(
    `insert into reports (channel_id, subject_kind, subject_id, reason, explanation, reporter_name, reporter_email, reported_at, due_at)
     values ($1, 'question', $2, 'unsafe', $3 || '-why', $3 || '-reporter', 'kan-report-mail@voorbeeld.test', now(), now()) returning id`,
    [object === 'closedA' ? world.channelA : plazaId, questionId, object === 'closedA' ? 'KAN-closeda' : 'KAN-report'],
  )
  return rows[0]?.id ?? ''
}

/** A notice of this actor (`own`) or of somebody else (`others`). */
export async function givenNotice(world: World, actor: ActorName, whose: 'own' | 'others' | 'none'): Promise<string> {
  if (whose === 'none' || (whose === 'own' && actor === 'visitor')) return randomUUID()
  const owner = whose === 'own' && actor !== 'visitor' ? world.people[actor].personId : world.sealer.personId
  const { questionId } = await givenTarget(world, 'open')
  const { rows } = await world.database.owner.query<{ id: string }>(
    `insert into notices (person_id, kind, channel_id, question_id, subject_id, because, added_at)
     values ($1, 'question_routed', $2, $3, $3, 'kan-open-theme', now()) returning id`,
    [owner, plazaId, questionId],
  )
  return rows[0]?.id ?? ''
}

/** A session of this actor beside the one they use, or of somebody else. */
export async function givenSession(world: World, actor: ActorName, whose: 'own' | 'others' | 'none'): Promise<string> {
  if (whose === 'none' || (whose === 'own' && actor === 'visitor')) return randomUUID()
  const owner = whose === 'own' && actor !== 'visitor' ? world.people[actor].personId : world.sealer.personId
  const { rows } = await world.database.owner.query<{ id: string }>(
    `insert into sessions (person_id, device, level, methods, started_at, last_used_at, proven_at, expires_at)
     values ($1, 'other', 1, '{mail}', now(), now(), now(), now() + interval '1 day') returning id`,
    [owner],
  )
  return rows[0]?.id ?? ''
}
