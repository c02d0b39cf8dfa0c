import type { Tx } from '@meedenk/db/connection'
import { runPrepared } from '@meedenk/db/prepared'
import type { PostAnswer } from '@meedenk/domain/questions/schemas'
import { asPerson, type Context } from '../context.ts'

type Post = {
  id: string
  channelId: string
  questionId: string
  parentId: string | null
  byAsker: boolean
  anonymous: boolean
  perspective: PostAnswer['perspective'] | null
  body: string
  referral: PostAnswer['referral']
}

// One statement, because this is the path that everybody who helps takes: the post, its seal, its draft and its event together.
const write = {
  name: 'write-post',
  text: `with sealed as (
      insert into sealed_authors (channel_id, subject_id, person_id) select $1::uuid, $2::uuid, $5::uuid where $6::boolean
    ), noted as (
      insert into events (type, channel_id, actor_id, subject_id, question_id, request_id, happened_at)
      values ('answer.posted', $1::uuid, case when not $6 then $5::uuid end, $2::uuid, $3::uuid, $13::text, $12::timestamptz)
    ), tidied as (
      delete from drafts where person_id = $5::uuid and key = $14::text
    )
    insert into answers (channel_id, id, question_id, parent_id, author_id, by_asker, perspective, body, referral_url, referral_title, posted_at)
    values ($1::uuid, $2::uuid, $3::uuid, $4::uuid, case when not $6 then $5::uuid end, $7::boolean, $8::text, $9::text, $10::text, $11::text, $12::timestamptz)`,
}

/** Writes an answer or follow-up with its event; who may do so was decided before. */
export async function writePost(tx: Tx, context: Context, post: Post): Promise<void> {
  const { actor, now, requestId } = asPerson(context)
  const draft = post.parentId ? `follow-up-${post.parentId}` : `answer-${post.questionId}`
  const values = [
    post.channelId,
    post.id,
    post.questionId,
    post.parentId,
    actor.personId,
    post.anonymous,
    post.byAsker,
    post.perspective,
    post.body,
  ]
  await runPrepared(tx, write, [
    ...values,
    post.referral?.url ?? null,
    post.referral?.title ?? null,
    now,
    requestId,
    draft,
  ])
}
