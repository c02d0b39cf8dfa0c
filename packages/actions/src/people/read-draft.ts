import { drafts } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import type { DraftView } from '@meedenk/domain/questions/schemas'
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { asPerson, type Context } from '../context.ts'

/** An unfinished text of one's own; null when there is none, which is no mistake. */
export async function readDraft(context: Context, key: string): Promise<z.output<typeof DraftView> | null> {
  const { db, actor } = asPerson(context)
  const mine = and(eq(drafts.personId, actor.personId), eq(drafts.key, key))
  const [draft] = await actAs(db, actor, (tx) => tx.select().from(drafts).where(mine))
  if (!draft) return null
  // Written by saveDraft from an object.
  return { key, content: JSON.parse(draft.content) as Record<string, unknown>, savedAt: draft.savedAt.toISOString() }
}
