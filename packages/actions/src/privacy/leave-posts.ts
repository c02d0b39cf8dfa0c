import { randomBytes } from 'node:crypto'
import type { Tx } from '@meedenk/db/connection'
import en from '@meedenk/domain/locales/people.en.json' with { type: 'json' }
import nl from '@meedenk/domain/locales/people.nl.json' with { type: 'json' }
import { fateOf } from '@meedenk/domain/privacy/rules'
import type { ContributionChoice } from '@meedenk/domain/privacy/schemas'
import { type SQL, sql } from 'drizzle-orm'
import { one } from '../context.ts'
import { gatherPosts, type LeftPost } from './gather-posts.ts'

/** Who left, and how. */
export type Leaver = {
  personId: string
  name: string
  locale: 'nl' | 'en'
  contributions: ContributionChoice
  joinedAt: string
}
/** The person who stands under named posts, made once for all channels. */
export type StandIns = { named?: string; house?: string }

/**
 * Lets what somebody wrote go, or stand on its own, in the channel of this transaction. Under a post that stays comes a
 * stand-in: per conversation a new one, so that two posts in it stay told apart and two conversations cannot be tied.
 */
export async function leavePosts(tx: Tx, leaver: Leaver, now: Date, standIns: StandIns): Promise<number> {
  const posts = await gatherPosts(tx, leaver.personId)
  const fates = Object.groupBy(posts, (post) => fateOf(leaver.contributions, post))
  await erasePosts(tx, fates.erased ?? [], now)
  if (leaver.contributions === 'erase') {
    const kept = (fates.nameless ?? []).map(({ id }) => id)
    await tx.execute(sql`delete from revisions where subject_id = any (${uuids(kept)})`)
  }
  if (fates.named?.some(({ named }) => named)) {
    standIns.named ??= await makeStandIn(tx, leaver, leaver.name)
    await putUnder(tx, leaver.personId, standIns.named)
  }
  await standInPerConversation(
    tx,
    leaver,
    (fates.nameless ?? []).filter(({ named }) => named),
  )
  await keepRecordsOfHouse(tx, leaver, standIns)
  return fates.erased?.length ?? 0
}

/** Counts of what stays must fit, and triggers keep them when a post is withdrawn; then the rows go. */
async function erasePosts(tx: Tx, posts: LeftPost[], now: Date): Promise<void> {
  const idsOf = (kind: LeftPost['kind']) => uuids(posts.filter((post) => post.kind === kind).map(({ id }) => id))
  const [questions, answers] = [idsOf('question'), idsOf('answer')]
  await tx.execute(sql`update answers set withdrawn_at = ${now.toISOString()}::timestamptz where id = any (${answers})`)
  const below = sql`select id from answers where question_id = any (${questions}) or id = any (${answers}) or parent_id = any (${answers})`
  await tx.execute(sql`delete from revisions where subject_id = any (${questions}) or subject_id in (${below})`)
  await tx.execute(sql`delete from notices where subject_id = any (${questions}) or subject_id in (${below})`)
  await tx.execute(sql`delete from sealed_authors where subject_id = any (${questions}) or subject_id in (${below})`)
  await tx.execute(sql`delete from answers where id = any (${answers})`)
  await tx.execute(sql`delete from questions where id = any (${questions})`)
}

/** Posts without a name, and thanks and "me too" whose numbers stay. */
async function standInPerConversation(tx: Tx, leaver: Leaver, posts: LeftPost[]): Promise<void> {
  const written = new Set(posts.map(({ questionId }) => questionId))
  const { rows } = await tx.execute<{ id: string }>(sql`
    select m.question_id as id from me_toos m where m.person_id = ${leaver.personId}
    union select a.question_id from thanks t join answers a on a.id = t.answer_id where t.person_id = ${leaver.personId}`)
  const texts = { nl, en }[leaver.locale]
  for (const id of new Set([...written, ...rows.map((row) => row.id)])) {
    const name = written.has(id)
      ? texts.formerMemberNumbered.replace('{n}', String(1 + (await countStandIns(tx, id))))
      : texts.formerMember
    await putUnder(tx, leaver.personId, await makeStandIn(tx, leaver, name), id)
  }
}

async function countStandIns(tx: Tx, questionId: string): Promise<number> {
  const { rows } = await tx.execute<{ n: number }>(sql`
    select count(distinct p.id)::int as n from people p
    where p.state = 'stopped' and not exists (select from accounts a where a.person_id = p.id) and p.id in (
      select q.author_id from questions q where q.id = ${questionId}
      union select a.author_id from answers a where a.question_id = ${questionId})`)
  return one(rows).n
}

async function makeStandIn(tx: Tx, { joinedAt }: Leaver, name: string): Promise<string> {
  const handle = `oud-${randomBytes(10).toString('hex')}`
  // Its id is made here, so that nothing of the person who left is in it.
  const { rows } = await tx.execute<{ id: string }>(sql`
    insert into people (handle, name, state, profile_visibility, joined_at)
    values (${handle}, ${name}, 'stopped', 'nobody', date_trunc('year', ${joinedAt}::timestamptz)) returning id`)
  return one(rows).id
}

/** Puts another under everything this person wrote or gave by name, in one conversation or in all of them. */
async function putUnder(tx: Tx, personId: string, standIn: string, questionId?: string): Promise<void> {
  const here = (column: SQL) => (questionId ? sql`${column} = ${questionId}::uuid` : sql`true`)
  await tx.execute(sql`
    update questions set author_id = ${standIn}, shown_region = null where author_id = ${personId} and ${here(sql`id`)}`)
  await tx.execute(
    sql`update answers set author_id = ${standIn} where author_id = ${personId} and ${here(sql`question_id`)}`,
  )
  await tx.execute(
    sql`update me_toos set person_id = ${standIn} where person_id = ${personId} and ${here(sql`question_id`)}`,
  )
  await tx.execute(sql`
    update thanks set person_id = ${standIn}
    where person_id = ${personId} and answer_id in (select id from answers where ${here(sql`question_id`)})`)
}

/** Decisions and openings of a moderator stay, reports lose who made them and what they wrote. */
async function keepRecordsOfHouse(tx: Tx, leaver: Leaver, standIns: StandIns): Promise<void> {
  const { rows } = await tx.execute<{ any: boolean }>(sql`
    select exists (select from moderation_decisions where decided_by = ${leaver.personId})
      or exists (select from seal_openings where opened_by = ${leaver.personId}) as any`)
  if (rows[0]?.any) {
    standIns.house ??= await makeStandIn(tx, leaver, { nl, en }[leaver.locale].formerMember)
    await tx.execute(
      sql`update moderation_decisions set decided_by = ${standIns.house} where decided_by = ${leaver.personId}`,
    )
    await tx.execute(sql`update seal_openings set opened_by = ${standIns.house} where opened_by = ${leaver.personId}`)
  }
  await tx.execute(sql`
    update reports set reporter_id = null, reporter_name = null, reporter_email = null, explanation = ''
    where reporter_id = ${leaver.personId}
      or lower(reporter_email) = (select lower(email::text) from accounts where person_id = ${leaver.personId})`)
}

const uuids = (ids: string[]): SQL => sql`${`{${ids.join(',')}}`}::uuid[]`
