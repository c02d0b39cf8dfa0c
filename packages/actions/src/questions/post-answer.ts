import { randomUUIDv7 } from 'node:crypto'
import { runPrepared } from '@meedenk/db/prepared'
import { actAs } from '@meedenk/db/tenancy'
import { ensure } from '@meedenk/domain/errors'
import { mayAnswer, type QuestionFacts } from '@meedenk/domain/questions/rules'
import type { PostAnswer } from '@meedenk/domain/questions/schemas'
import { asPerson, type Context, one } from '../context.ts'
import { claimOf, earlierResult } from '../idempotency.ts'
import { refuseCitizenNumber } from './refuse-citizen-number.ts'
import { writePost } from './write-post.ts'

export type Posted = { id: string; questionId: string }
type Facts = QuestionFacts & { channelId: string; isFirst: boolean }

// Claims the idempotency key on the way, because this is the path that everybody who helps takes.
const facts = {
  name: 'answer-facts',
  text: `with claimed as (
      insert into idempotency_keys (person_id, key, request_hash, response, created_at)
      select $2::uuid, $3::text, $4::bytea, $5::text, $6::timestamptz where $3 is not null on conflict do nothing returning key
    )
    select q.channel_id as "channelId", coalesce(q.author_id = $2 or q.id = any ((select ctx.my_sealed())::uuid[]), false) as "isAsker",
      q.closed_at is not null as closed, q.hidden_at is not null as hidden, q.withdrawn_at is not null as withdrawn,
      $3 is null or exists (select from claimed) as "isFirst"
    from questions q where q.id = $1`,
}

/** Thinks along with a question, under one's name or sealed; with a source it is a referral. */
export function postAnswer(context: Context, questionId: string, input: PostAnswer): Promise<Posted> {
  const { db, actor, now, idempotency } = asPerson(context)
  refuseCitizenNumber({ body: input.body, 'referral/title': input.referral?.title })
  const posted = { id: randomUUIDv7(), questionId }
  return actAs(db, actor, async (tx) => {
    const values = [questionId, actor.personId, ...claimOf(context, posted), now]
    const { channelId, isFirst, ...question } = one(await runPrepared<Facts>(tx, facts, values))
    if (!isFirst && idempotency)
      return earlierResult<Posted>(tx, actor.personId, idempotency.key, idempotency.requestHash)
    ensure(mayAnswer(actor, question))
    const { anonymous, perspective, body, referral } = input
    await writePost(tx, context, {
      ...posted,
      channelId,
      parentId: null,
      byAsker: false,
      anonymous,
      perspective,
      body,
      referral,
    })
    return posted
  })
}
