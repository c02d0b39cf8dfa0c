import { people } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ensure, ProductError } from '@meedenk/domain/errors'
import { mayModerate } from '@meedenk/domain/moderation/rules'
import type { OpenSeal } from '@meedenk/domain/moderation/schemas'
import { eq, sql } from 'drizzle-orm'
import { asPerson, type Context, one, record } from '../context.ts'

/** Tells a moderator who wrote an anonymous post. The reason stays in `seal_openings`, and the worker tells the person. */
export function openSeal(
  context: Context,
  subjectId: string,
  input: OpenSeal,
): Promise<{ handle: string; name: string }> {
  const moderator = asPerson(context)
  ensure(mayModerate(moderator.actor))
  return actAs(moderator.db, moderator.actor, async (tx) => {
    // Rights may have gone since the session was looked up, and the function below answers that with an exception.
    const [still] = (await tx.execute<{ yes: boolean }>(sql`select ctx.is_moderator() as yes`)).rows
    if (!still?.yes) throw new ProductError('moderators_only')
    const opened = await tx.execute<{ writer: string | null }>(
      sql`select ctx.open_seal(${subjectId}::uuid, ${input.reason}, ${moderator.now.toISOString()}::timestamptz) as writer`,
    )
    const { writer } = one(opened.rows)
    if (!writer) throw new ProductError('not_found')
    // Without its question, or every reader of that question would hear of it.
    await record(tx, moderator, { type: 'seal.opened', subjectId })
    return one(await tx.select({ handle: people.handle, name: people.name }).from(people).where(eq(people.id, writer)))
  })
}
