import type { Tx } from '@meedenk/db/connection'
import { reports } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ensure, ProductError } from '@meedenk/domain/errors'
import { mayDecideReport, mayModerate } from '@meedenk/domain/moderation/rules'
import type { DecideReport, SubjectKind } from '@meedenk/domain/moderation/schemas'
import { eq } from 'drizzle-orm'
import { asPerson, type Context, one, record } from '../context.ts'
import { applyDecision, lockPost, storeDecision } from './decide-post.ts'
import { readReportJson } from './read-reports.ts'

/** Decides on a report: the post, the reason and the events in one transaction. Returns the report as JSON. */
export function decideReport(context: Context, id: string, input: DecideReport): Promise<string> {
  const moderator = asPerson(context)
  ensure(mayModerate(moderator.actor))
  return actAs(moderator.db, moderator.actor, async (tx) => {
    const report = await lockReport(tx, id)
    const post = await lockPost(tx, report.subjectKind, report.subjectId)
    ensure(mayDecideReport(moderator.actor, { decided: report.decidedAt !== null, wroteIt: post?.wroteIt ?? false }))
    if (!post && input.decision !== 'keep') throw new ProductError('not_found')
    const decisionId = await storeDecision(tx, moderator, { ...input, ...report, reportId: id })
    await tx.update(reports).set({ decidedAt: moderator.now }).where(eq(reports.id, id))
    await record(tx, moderator, {
      type: 'report.decided',
      subjectId: id,
      facts: { decisionId, decision: input.decision, subjectKind: report.subjectKind, subjectId: report.subjectId },
    })
    if (post) await applyDecision(tx, moderator, { ...input, ...report, post })
    return readReportJson(tx, id)
  })
}

async function lockReport(tx: Tx, id: string) {
  const found = await tx
    .select({ subjectKind: reports.subjectKind, subjectId: reports.subjectId, decidedAt: reports.decidedAt })
    .from(reports)
    .where(eq(reports.id, id))
    .for('update')
  const report = one(found)
  // The door lets only these two kinds in.
  return { ...report, subjectKind: report.subjectKind as SubjectKind }
}
