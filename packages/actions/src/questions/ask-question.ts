import type { Tx } from '@meedenk/db/connection'
import { runPrepared } from '@meedenk/db/prepared'
import { drafts, questionThemes, sealedAuthors } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import type { Person } from '@meedenk/domain/actor'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { ensure, ProductError } from '@meedenk/domain/errors'
import { mayAsk } from '@meedenk/domain/questions/rules'
import { type AskQuestion, questionsPerDayMax } from '@meedenk/domain/questions/schemas'
import { slugOf } from '@meedenk/domain/questions/slug'
import { and, eq } from 'drizzle-orm'
import { asPerson, type Context, one, record } from '../context.ts'
import { once } from '../idempotency.ts'
import { refuseCitizenNumber } from './refuse-citizen-number.ts'

export type Asked = { id: string; number: number; slug: string }

type Facts = {
  id: string
  asked_today: number
  themes_known: number
  region_known: boolean
  role: string | null
  region: string | null
}

// Two questions of one person wait for each other, or eleven could be the tenth; a statement of its own, so that the next one sees the first.
const wait = { name: 'ask-in-turn', text: `select pg_advisory_xact_lock(hashtextextended('ask:' || $1::text, 0))` }
const facts = {
  name: 'ask-facts',
  text: `select uuidv7() as id,
      (select count(*)::int from questions q where q.asked_at > $2::timestamptz - interval '24 hours'
        and (q.author_id = $1::uuid or q.id = any ((select ctx.my_sealed())::uuid[]))) as asked_today,
      (select count(*)::int from themes t where t.id = any ($3::uuid[]) and not t.hidden) as themes_known,
      $4::text is null or exists (select from regions r where r.code = $4) as region_known,
      case when $5::boolean then case when $6::boolean and s.role_shown then c.role_kind end end as role,
      case when $5::boolean then case when $7::boolean and s.region_shown then c.region_code end
        when c.region_visibility = 'everyone' then c.region_code end as region
    from person_cards c left join lateral ctx.shared_by_ten(c.role_kind, c.region_code) s on $5::boolean
    where c.id = $1::uuid`,
}

/** Asks a question on the plaza; the event makes it travel to everybody with that expertise. */
export function askQuestion(context: Context, input: AskQuestion): Promise<Asked> {
  const { db, actor, now } = asPerson(context)
  refuseCitizenNumber({ title: input.title, body: input.body })
  const themeIds = [...new Set(input.themeIds)]
  return actAs(db, actor, (tx) =>
    once(tx, context, async () => {
      const values = [
        actor.personId,
        now,
        themeIds,
        input.onlyRegion,
        input.anonymous,
        input.showRole,
        input.showRegion,
      ]
      await runPrepared(tx, wait, [actor.personId])
      const known = one(await runPrepared<Facts>(tx, facts, values))
      if (known.asked_today >= questionsPerDayMax)
        throw new ProductError('too_many_questions_today', { most: questionsPerDayMax })
      ensure(mayAsk(actor, known.asked_today))
      if (known.themes_known !== themeIds.length) throw new ProductError('unknown_theme', {}, '/themeIds')
      if (!known.region_known) throw new ProductError('unknown_region', {}, '/onlyRegion')

      const asked = await insertQuestion(tx, actor, input, known, now)
      await tx
        .insert(questionThemes)
        .values(themeIds.map((themeId) => ({ channelId: plazaId, questionId: known.id, themeId, askedAt: now })))
      await tx.delete(drafts).where(and(eq(drafts.personId, actor.personId), eq(drafts.key, 'ask')))
      await record(tx, context, {
        type: 'question.asked',
        subjectId: known.id,
        questionId: known.id,
        anonymous: input.anonymous,
      })
      return asked
    }),
  )
}

// The app may only fill these columns, so they are written out.
const insert = {
  name: 'insert-question',
  text: `insert into questions (channel_id, id, slug, kind, title, body, author_id, shown_role, shown_region, only_region, asked_at, last_activity_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) returning id, number::int, slug`,
}

async function insertQuestion(
  tx: Tx,
  actor: Person,
  input: AskQuestion,
  { id, role, region }: Facts,
  now: Date,
): Promise<Asked> {
  // Sealed first: from here on the database knows whose question it is, and nobody can read it.
  if (input.anonymous)
    await tx.insert(sealedAuthors).values({ channelId: plazaId, subjectId: id, personId: actor.personId })
  const authorId = input.anonymous ? null : actor.personId
  const values = [
    plazaId,
    id,
    slugOf(input.title),
    input.kind,
    input.title,
    input.body,
    authorId,
    role,
    region,
    input.onlyRegion,
    now,
  ]
  return one(await runPrepared<Asked>(tx, insert, values))
}
