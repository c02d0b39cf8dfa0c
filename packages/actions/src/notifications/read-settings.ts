import type { Tx } from '@meedenk/db/connection'
import { accounts, mailPauses, paceSettings } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { defaultPaces, type Pace, type PaceKind, type SettingsView } from '@meedenk/domain/notifications/schemas'
import { and, eq, gt } from 'drizzle-orm'
import type { z } from 'zod'
import { asPerson, type Context } from '../context.ts'

type Settings = z.output<typeof SettingsView>

/** One's own pace per kind of mail, whether mail is paused, and whether it arrives. */
export function readSettings(context: Context): Promise<Settings> {
  const { db, actor, now } = asPerson(context)
  return actAs(db, actor, (tx) => readSettingsOf(tx, actor.personId, now))
}

/** The same inside a transaction that already stands in the name of this person. */
export async function readSettingsOf(tx: Tx, personId: string, now: Date): Promise<Settings> {
  const chosen = await tx
    .select({ kind: paceSettings.kind, pace: paceSettings.pace })
    .from(paceSettings)
    .where(eq(paceSettings.personId, personId))
  const [pause] = await tx
    .select({ until: mailPauses.until })
    .from(mailPauses)
    .where(and(eq(mailPauses.personId, personId), gt(mailPauses.until, now)))
  const [account] = await tx
    .select({ bouncedAt: accounts.bouncedAt })
    .from(accounts)
    .where(eq(accounts.personId, personId))
  // Only saveSettings writes these rows, from the same two lists.
  const paces = { ...defaultPaces, ...Object.fromEntries(chosen.map(({ kind, pace }) => [kind, pace])) } as Record<
    PaceKind,
    Pace
  >
  return { paces, pausedUntil: pause?.until.toISOString() ?? null, mailBounced: Boolean(account?.bouncedAt) }
}
