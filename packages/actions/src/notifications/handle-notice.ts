import { notices } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ensure } from '@meedenk/domain/errors'
import { mayHandle } from '@meedenk/domain/notifications/rules'
import type { HandleNotice } from '@meedenk/domain/notifications/schemas'
import { NoticeKind } from '@meedenk/domain/notifications/schemas'
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { asPerson, type Context, one, record } from '../context.ts'

/** Handles one's own notice: seen, done, later, not mine, or new again. Why a question is not mine goes into the event. */
export function handleNotice(context: Context, noticeId: string, act: z.output<typeof HandleNotice>): Promise<void> {
  const { db, actor, now } = asPerson(context)
  return actAs(db, actor, async (tx) => {
    const mine = and(eq(notices.personId, actor.personId), eq(notices.id, noticeId))
    const notice = one(
      await tx.select({ kind: notices.kind, state: notices.state }).from(notices).where(mine).for('update'),
    )
    ensure(mayHandle({ kind: NoticeKind.parse(notice.kind) }, act, now))
    const until = act.state === 'later' ? new Date(act.until) : null
    await tx
      .update(notices)
      .set({ state: act.state, handledAt: act.state === 'new' ? null : now, until })
      .where(mine)
    if (notice.state === act.state && !until) return
    const facts = { state: act.state, ...(act.state === 'not_mine' ? { why: act.why } : {}) }
    await record(tx, context, { type: 'notice.handled', subjectId: noticeId, facts })
  })
}
