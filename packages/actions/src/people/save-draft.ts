import { drafts } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { and, eq, sql } from 'drizzle-orm'
import { asPerson, type Context } from '../context.ts'

const draftsMax = 50

/** Keeps an unfinished text; the latest wins, and the oldest of very many make room. */
export function saveDraft(context: Context, key: string, content: Record<string, unknown>): Promise<void> {
  const { db, actor, now } = asPerson(context)
  const values = { content: JSON.stringify(content), savedAt: now }
  return actAs(db, actor, async (tx) => {
    await tx
      .insert(drafts)
      .values({ personId: actor.personId, key, ...values })
      .onConflictDoUpdate({ target: [drafts.personId, drafts.key], set: values })
    await tx.execute(sql`
      delete from drafts where person_id = ${actor.personId} and key in (
        select key from drafts where person_id = ${actor.personId} order by saved_at desc, key offset ${draftsMax})`)
  })
}

/** Throws an unfinished text away; when there is none, that is fine. */
export function discardDraft(context: Context, key: string): Promise<void> {
  const { db, actor } = asPerson(context)
  return actAs(db, actor, async (tx) => {
    await tx.delete(drafts).where(and(eq(drafts.personId, actor.personId), eq(drafts.key, key)))
  })
}
