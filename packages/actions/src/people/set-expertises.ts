import type { Tx } from '@meedenk/db/connection'
import { people, personExpertises, personInterests, themes } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ProductError } from '@meedenk/domain/errors'
import type { SetExpertises } from '@meedenk/domain/people/schemas'
import { and, eq, inArray, notInArray, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { asPerson, type Context, record } from '../context.ts'

type Choice = z.output<typeof SetExpertises>['expertises'][number]

/** Chooses what one knows something about, and what one likes to read about. */
export function setExpertises(context: Context, input: z.output<typeof SetExpertises>): Promise<void> {
  const { db, actor } = asPerson(context)
  return actAs(db, actor, async (tx) => {
    await checkThemes(tx, [...input.expertises.map((choice) => choice.themeId), ...input.interests])
    await replaceExpertises(tx, actor.personId, input.expertises, context.now)
    await replaceInterests(tx, actor.personId, input.interests, context.now)
    if (input.nudgesPerWeek !== undefined) {
      await tx.update(people).set({ nudgesPerWeek: input.nudgesPerWeek }).where(eq(people.id, actor.personId))
    }
    const facts = { expertises: input.expertises.length, interests: input.interests.length }
    await record(tx, context, { type: 'person.expertise_changed', subjectId: actor.personId, facts })
  })
}

/** Refuses a theme that does not exist or is not offered any more. */
export async function checkThemes(tx: Tx, themeIds: string[]): Promise<void> {
  const wanted = [...new Set(themeIds)]
  if (wanted.length === 0) return
  const known = await tx
    .select({ id: themes.id })
    .from(themes)
    .where(and(inArray(themes.id, wanted), eq(themes.hidden, false)))
  if (known.length < wanted.length) throw new ProductError('unknown_theme')
}

/** Makes these the person's expertises; one that was there keeps its date. */
export async function replaceExpertises(tx: Tx, personId: string, choices: Choice[], now: Date): Promise<void> {
  const levels = new Map(choices.map((choice) => [choice.themeId, choice.level]))
  const rows = [...levels].map(([themeId, level]) => ({ themeId, personId, level, since: now }))
  await tx
    .delete(personExpertises)
    .where(and(eq(personExpertises.personId, personId), notInArray(personExpertises.themeId, [...levels.keys()])))
  if (rows.length === 0) return
  await tx
    .insert(personExpertises)
    .values(rows)
    .onConflictDoUpdate({
      target: [personExpertises.themeId, personExpertises.personId],
      set: { level: sql`excluded.level` },
    })
}

/** Makes these the person's interests; one that was there keeps its date. */
export async function replaceInterests(tx: Tx, personId: string, themeIds: string[], now: Date): Promise<void> {
  const wanted = [...new Set(themeIds)]
  await tx
    .delete(personInterests)
    .where(and(eq(personInterests.personId, personId), notInArray(personInterests.themeId, wanted)))
  if (wanted.length === 0) return
  await tx
    .insert(personInterests)
    .values(wanted.map((themeId) => ({ themeId, personId, since: now })))
    .onConflictDoNothing()
}
