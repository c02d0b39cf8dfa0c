import type { Tx } from '@meedenk/db/connection'
import { answers, moderationDecisions, questions } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import type { Person } from '@meedenk/domain/actor'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { ensure, ProductError } from '@meedenk/domain/errors'
import type { EventType } from '@meedenk/domain/events'
import { effectOf, mayDecidePost, mayModerate, type PostFacts } from '@meedenk/domain/moderation/rules'
import type { DecidePost, SubjectKind } from '@meedenk/domain/moderation/schemas'
import { eq, sql } from 'drizzle-orm'
import { asPerson, type Context, one, record } from '../context.ts'

export type Post = PostFacts & { questionId: string }
type Decision = { decision: 'keep' | 'hide' | 'restore'; reason: string; rule: number | null }

/** Hides or restores a post without a report before it; the author receives the reason. */
export function decidePost(context: Context, input: DecidePost): Promise<{ hidden: boolean }> {
  const moderator = asPerson(context)
  ensure(mayModerate(moderator.actor))
  return actAs(moderator.db, moderator.actor, async (tx) => {
    const post = await lockPost(tx, input.subjectKind, input.subjectId)
    if (!post) throw new ProductError('not_found')
    ensure(mayDecidePost(moderator.actor, input.decision, post))
    await storeDecision(tx, moderator, { ...input, reportId: null })
    return applyDecision(tx, moderator, { ...input, post })
  })
}

/** The post with what the rules need, locked until the decision is made; undefined when it is not there. */
export async function lockPost(tx: Tx, kind: SubjectKind, id: string): Promise<Post | undefined> {
  const table = kind === 'question' ? questions : answers
  const questionId = kind === 'question' ? questions.id : answers.questionId
  const [row] = await tx
    .select({
      questionId,
      hidden: sql<boolean>`${table.hiddenAt} is not null`,
      wroteIt: sql<boolean>`ctx.wrote(${table.id})`,
      lastDecision: sql<
        PostFacts['lastDecision']
      >`(select d.decision from ${moderationDecisions} d where d.subject_id = ${id} order by d.decided_at desc, d.id desc limit 1)`,
    })
    .from(table)
    .where(eq(table.id, id))
    .for('update')
  return row
}

/** Writes down what was decided and why, and returns its id. */
export async function storeDecision(
  tx: Tx,
  { actor, now }: Context<Person>,
  made: Decision & { subjectKind: SubjectKind; subjectId: string; reportId: string | null },
): Promise<string> {
  const stored = await tx
    .insert(moderationDecisions)
    .values({
      channelId: plazaId,
      reportId: made.reportId,
      subjectKind: made.subjectKind,
      subjectId: made.subjectId,
      decision: made.decision,
      reason: made.reason,
      rule: made.rule,
      decidedBy: actor.personId,
      decidedAt: now,
    })
    .returning({ id: moderationDecisions.id })
  return one(stored).id
}

/** Does to the post what was decided, with the event that tells its author. */
export async function applyDecision(
  tx: Tx,
  context: Context<Person>,
  made: Decision & { subjectKind: SubjectKind; subjectId: string; post: Post },
): Promise<{ hidden: boolean }> {
  const { post, subjectKind, subjectId } = made
  const effect = effectOf(made.decision, post)
  if (effect) {
    const table = subjectKind === 'question' ? questions : answers
    await tx
      .update(table)
      .set({ hiddenAt: effect === 'hide' ? context.now : null })
      .where(eq(table.id, subjectId))
  }
  // Confirming what hid by itself changes no row, but its author still has to hear the reason.
  const told = effect ?? (made.decision === 'hide' && post.lastDecision !== 'hide' ? 'hide' : null)
  if (told) {
    const type: EventType = `${subjectKind}.${told === 'hide' ? 'hidden' : 'restored'}`
    await record(tx, context, { type, subjectId, questionId: post.questionId, facts: { decision: made.decision } })
  }
  return { hidden: effect ? effect === 'hide' : post.hidden }
}
