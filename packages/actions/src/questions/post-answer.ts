import type { Tx } from '@meedenk/db/connection'
import { runPrepared } from '@meedenk/db/prepared'
import { actAs } from '@meedenk/db/tenancy'
import { ensure, ProductError } from '@meedenk/domain/errors'
import { mayAnswer, type QuestionFacts } from '@meedenk/domain/questions/rules'
import type { PostAnswer } from '@meedenk/domain/questions/schemas'
import { asPerson, type Context } from '../context.ts'
import { once } from '../idempotency.ts'
import { refuseCitizenNumber } from './refuse-citizen-number.ts'
import { writePost } from './write-post.ts'

export type Posted = { id: string; questionId: string }
type Facts = QuestionFacts & { channelId: string; id: string }

const facts = {
  name: 'answer-facts',
  text: `select uuidv7() as id, q.channel_id as "channelId", coalesce(q.author_id = $2 or q.id = any ((select ctx.my_sealed())::uuid[]), false) as "isAsker",
      q.closed_at is not null as closed, q.hidden_at is not null as hidden, q.withdrawn_at is not null as withdrawn
    from questions q where q.id = $1`,
}

/** Thinks along with a question, under one's name or sealed; with a source it is a referral. */
export function postAnswer(context: Context, questionId: string, input: PostAnswer): Promise<Posted> {
  const { db, actor } = asPerson(context)
  refuseCitizenNumber({ body: input.body, 'referral/title': input.referral?.title })
  return actAs(db, actor, (tx) =>
    once(tx, context, async () => {
      const { id, channelId, ...question } = await factsOf(tx, questionId, actor.personId)
      ensure(mayAnswer(actor, question))
      await writePost(tx, context, {
        id,
        channelId,
        questionId,
        parentId: null,
        byAsker: false,
        anonymous: input.anonymous,
        perspective: input.perspective,
        body: input.body,
        referral: input.referral,
      })
      return { id, questionId }
    }),
  )
}

async function factsOf(tx: Tx, questionId: string, personId: string): Promise<Facts> {
  const [known] = await runPrepared<Facts>(tx, facts, [questionId, personId])
  if (!known) throw new ProductError('not_found')
  return known
}
