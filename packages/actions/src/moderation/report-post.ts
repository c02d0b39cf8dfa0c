import type { Tx } from '@meedenk/db/connection'
import { answers, questions, reports } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { plazaId } from '@meedenk/domain/channels/schemas'
import { ProductError } from '@meedenk/domain/errors'
import { automaticHidesPerHourMax, decideWithinHours, reportsPerHourMax } from '@meedenk/domain/moderation/rules'
import type { ReportPost, SubjectKind } from '@meedenk/domain/moderation/schemas'
import { and, eq, sql } from 'drizzle-orm'
import { type Context, one, record } from '../context.ts'
import { once } from '../idempotency.ts'

/** `network` is a sealed name of the network it came from, only used to count turns. */
type Source = { network: string }
type Received = { number: number; decideWithinHours: number }

/** Takes in a report about a post, from anybody; a post in which somebody can be recognised hides until it is checked. */
export function reportPost(context: Context, input: ReportPost, { network }: Source): Promise<Received> {
  const { db, actor, now } = context
  const personId = actor.kind === 'person' ? actor.personId : null
  const turns = personId ? [`person:${personId}`] : [`network:${network}`]
  return actAs(db, actor, (tx) =>
    once(tx, context, async () => {
      await takeTurns(
        tx,
        turns.map((turn) => `report:${turn}`),
        reportsPerHourMax,
        now,
      )
      const { reportId, questionId } = await findVisible(tx, input.subjectKind, input.subjectId)
      const hours = decideWithinHours(input.reason)
      await tx.insert(reports).values({
        id: reportId,
        channelId: plazaId,
        subjectKind: input.subjectKind,
        subjectId: input.subjectId,
        reason: input.reason,
        explanation: input.explanation,
        reporterId: personId,
        reporterName: input.name,
        reporterEmail: input.email,
        reportedAt: now,
        dueAt: new Date(now.getTime() + hours * 3_600_000),
      })
      // Without its question, or every reader of that question would hear that it was reported.
      await record(tx, context, {
        type: 'post.reported',
        subjectId: reportId,
        facts: { subjectKind: input.subjectKind, subjectId: input.subjectId, reason: input.reason },
      })
      if (input.reason === 'recognisable')
        await hideUntilChecked(tx, context, input, reportId, questionId, [...turns, `network:${network}`])
      const numbered = await tx.execute<{ number: string }>(sql`select ctx.report_number(${reportId}::uuid) as number`)
      return { number: Number(one(numbered.rows).number), decideWithinHours: hours }
    }),
  )
}

const ids = { reportId: sql<string>`uuidv7()`, questionId: questions.id }

/** The question of a post that the reporter can see, and an id for the report. */
async function findVisible(tx: Tx, kind: SubjectKind, id: string) {
  if (kind === 'question') {
    return one(
      await tx
        .select(ids)
        .from(questions)
        .where(and(eq(questions.id, id), eq(questions.channelId, plazaId))),
    )
  }
  const found = tx.select(ids).from(answers).innerJoin(questions, eq(questions.id, answers.questionId))
  return one(await found.where(and(eq(answers.id, id), eq(answers.channelId, plazaId))))
}

async function hideUntilChecked(
  tx: Tx,
  context: Context,
  input: ReportPost,
  reportId: string,
  questionId: string,
  turns: string[],
): Promise<void> {
  const waits = await waitsFor(
    tx,
    [...new Set(turns)].map((turn) => `hide:${turn}`),
    automaticHidesPerHourMax,
    context.now,
  )
  if (waits > 0) return
  const [row] = (
    await tx.execute<{ hidden: boolean }>(
      sql`select ctx.hide_until_checked(${reportId}::uuid, ${context.now.toISOString()}::timestamptz) as hidden`,
    )
  ).rows
  if (!row?.hidden) return
  const type = input.subjectKind === 'question' ? 'question.hidden' : 'answer.hidden'
  await record(tx, context, {
    type,
    subjectId: input.subjectId,
    questionId,
    anonymous: true,
    facts: { reportId, automatic: true },
  })
}

async function takeTurns(tx: Tx, turns: string[], most: number, now: Date): Promise<void> {
  const retryAfter = await waitsFor(tx, turns, most, now)
  if (retryAfter > 0) throw new ProductError('too_many_requests', { retryAfter })
}

async function waitsFor(tx: Tx, turns: string[], most: number, now: Date): Promise<number> {
  let longest = 0
  for (const turn of turns) {
    const wait = await tx.execute<{ wait: number }>(
      sql`select ctx.take_turn(${turn}, ${most}::int, interval '1 hour', ${now.toISOString()}::timestamptz) as wait`,
    )
    longest = Math.max(longest, one(wait.rows).wait)
  }
  return longest
}
