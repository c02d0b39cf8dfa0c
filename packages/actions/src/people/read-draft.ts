import { drafts } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import type { DraftView } from '@meedenk/domain/questions/schemas'
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { asPerson, type Context, one } from '../context.ts'

/** An unfinished text of one's own. */
export async function readDraft(context: Context, key: string): Promise<z.output<typeof DraftView>> {
  const { db, actor } = asPerson(context)
  const mine = and(eq(drafts.personId, actor.personId), eq(drafts.key, key))
  const { content, savedAt } = one(await actAs(db, actor, (tx) => tx.select().from(drafts).where(mine)))
  // Written by saveDraft from an object.
  return { key, content: JSON.parse(content) as Record<string, unknown>, savedAt: savedAt.toISOString() }
}
