import { mailPauses } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ensure, ProductError } from '@meedenk/domain/errors'
import type { ConfirmationSent } from '@meedenk/domain/people/account-schemas'
import { mayLeave } from '@meedenk/domain/privacy/rules'
import { type DeparturePlanned, daysToComeBack, type PlanDeparture } from '@meedenk/domain/privacy/schemas'
import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { asPerson, type Context, record } from '../context.ts'
import { endSessionsOf } from '../people/end-sessions-of.ts'
import { sendConfirmation, withConfirmation } from '../people/send-confirmation.ts'
import type { DoorContext } from '../people/start-session.ts'
import { readOwnedChannels } from './read-departure.ts'

/** Sends the code with which one confirms to stop. */
export async function requestDeparture(context: DoorContext): Promise<z.output<typeof ConfirmationSent>> {
  await ensureMayLeave(context)
  return sendConfirmation(context, 'stop', (own) => own)
}

/** Stops: at once for everybody else, for good after two weeks in which one may come back. Gives the sessions that ended. */
export async function planDeparture(
  context: DoorContext,
  input: z.output<typeof PlanDeparture>,
): Promise<z.output<typeof DeparturePlanned> & { ended: string[] }> {
  const { actor, now } = asPerson(context)
  await ensureMayLeave(context)
  const dueAt = new Date(now.getTime() + daysToComeBack * 86_400_000)
  const code = { confirmationId: input.confirmationId, code: input.code }
  const { ended } = await withConfirmation(context, 'stop', code, async (tx) => {
    const { rows } = await tx.execute<{ left: boolean }>(
      sql`select ctx.leave(${input.contributions}, ${now.toISOString()}::timestamptz, ${dueAt.toISOString()}::timestamptz) as left`,
    )
    if (!rows[0]?.left) throw new ProductError('already_leaving')
    // Whoever stops hears nothing more, save what concerns the account itself.
    await tx
      .insert(mailPauses)
      .values({ personId: actor.personId, until: dueAt })
      .onConflictDoUpdate({ target: mailPauses.personId, set: { until: dueAt } })
    const all = await endSessionsOf(tx, context, actor.personId)
    await record(tx, context, { type: 'departure.planned', subjectId: actor.personId })
    return { ended: all }
  })
  return { dueAt: dueAt.toISOString(), ended }
}

async function ensureMayLeave(context: Context): Promise<void> {
  const { db, actor } = asPerson(context)
  const owned = await actAs(db, actor, (tx) => readOwnedChannels(tx, actor.personId))
  const verdict = mayLeave({ state: actor.state, ownedChannels: owned.length })
  if (!verdict.allowed && verdict.because === 'owns_channel')
    throw new ProductError('owns_channel', { channel: owned.join(', ') })
  ensure(verdict)
}

/** Comes back before it is too late; everything is as it was. */
export function takeBackDeparture(context: Context): Promise<void> {
  const { db, actor } = asPerson(context)
  return actAs(db, actor, async (tx) => {
    const { rows } = await tx.execute<{ due: string; back: boolean }>(
      sql`select d.due_at::text as due, ctx.come_back() as back from departures d where d.person_id = ${actor.personId}`,
    )
    const [row] = rows
    if (!row?.back) throw new ProductError('not_leaving')
    await tx
      .delete(mailPauses)
      .where(and(eq(mailPauses.personId, actor.personId), sql`${mailPauses.until} = ${row.due}::timestamptz`))
    await record(tx, context, { type: 'departure.taken_back', subjectId: actor.personId })
  })
}
