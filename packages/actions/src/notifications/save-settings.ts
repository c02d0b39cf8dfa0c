import type { Tx } from '@meedenk/db/connection'
import { mailPauses, paceSettings } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ProductError } from '@meedenk/domain/errors'
import type { SaveSettings, SettingsView } from '@meedenk/domain/notifications/schemas'
import { eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { asPerson, type Context, record } from '../context.ts'
import { readSettingsOf } from './read-settings.ts'

type Changes = z.output<typeof SaveSettings>
const pauseDaysMax = 366

/** Changes one's own pace per kind of mail, or pauses all mail until a moment; what is left out stays as it is. */
export function saveSettings(context: Context, changes: Changes): Promise<z.output<typeof SettingsView>> {
  const { db, actor, now } = asPerson(context)
  return actAs(db, actor, async (tx) => {
    await writeSettings(tx, context, actor.personId, changes)
    return readSettingsOf(tx, actor.personId, now)
  })
}

/** The same inside a transaction that already stands in the name of this person. */
export async function writeSettings(
  tx: Tx,
  context: Context,
  personId: string,
  { paces = {}, pausedUntil }: Changes,
): Promise<void> {
  const rows = Object.entries(paces).map(([kind, pace]) => ({ personId, kind, pace }))
  if (rows.length > 0) {
    const replaces = { target: [paceSettings.personId, paceSettings.kind], set: { pace: sql`excluded.pace` } }
    await tx.insert(paceSettings).values(rows).onConflictDoUpdate(replaces)
  }
  if (pausedUntil === null) await tx.delete(mailPauses).where(eq(mailPauses.personId, personId))
  else if (pausedUntil !== undefined) {
    const until = new Date(pausedUntil)
    if (until.getTime() > context.now.getTime() + pauseDaysMax * 86_400_000)
      throw new ProductError('invalid_input', {}, '/pausedUntil')
    await tx
      .insert(mailPauses)
      .values({ personId, until })
      .onConflictDoUpdate({ target: mailPauses.personId, set: { until } })
  }
  const facts = { ...paces, ...(pausedUntil === undefined ? {} : { pausedUntil }) }
  await record(tx, context, { type: 'person.pace_changed', subjectId: personId, facts })
}
