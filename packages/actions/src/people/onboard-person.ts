import { randomInt } from 'node:crypto'
import type { Tx } from '@meedenk/db/connection'
import { people } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ensure } from '@meedenk/domain/errors'
import { handleOf, isGivenHandle } from '@meedenk/domain/people/handle'
import { mayEditProfile } from '@meedenk/domain/people/rules'
import type { Onboard } from '@meedenk/domain/people/schemas'
import { eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { asPerson, type Context, one, record } from '../context.ts'
import { checkRegion, isHandleTaken } from './edit-profile.ts'
import { checkThemes, replaceExpertises, replaceInterests } from './set-expertises.ts'

/** Keeps what a newcomer filled in on one of the three screens; each may be skipped, and `done` ends them. */
export async function onboardPerson(context: Context, input: z.output<typeof Onboard>): Promise<void> {
  const { actor } = asPerson(context)
  ensure(mayEditProfile(actor, input.name === undefined ? {} : { name: input.name }))
  await write(context, input, '').catch((error) => {
    // Two people of the same name at the same moment: the second gets a number behind it.
    if (isHandleTaken(error)) return write(context, input, `-${randomInt(1000, 9999)}`)
    throw error
  })
}

function write(context: Context, input: z.output<typeof Onboard>, suffix: string): Promise<void> {
  const { db, actor, now } = asPerson(context)
  return actAs(db, actor, async (tx) => {
    const before = one(
      await tx
        .select({ handle: people.handle, onboardedAt: people.onboardedAt, agreedAt: people.agreedAt })
        .from(people)
        .where(eq(people.id, actor.personId)),
    )
    if (input.regionCode) await checkRegion(tx, input.regionCode)
    await checkThemes(tx, [...(input.expertises ?? []).map((choice) => choice.themeId), ...(input.interests ?? [])])
    const isFirstEnd = input.done === true && before.onboardedAt === null
    await tx
      .update(people)
      .set({
        name: input.name,
        handle: input.name && isGivenHandle(before.handle) ? await freeHandle(tx, input.name, suffix) : undefined,
        roleKind: input.roleKind,
        regionCode: input.regionCode,
        agreedAt: input.agreed ? (before.agreedAt ?? now) : undefined,
        onboardedAt: isFirstEnd ? now : undefined,
        version: sql`${people.version} + 1`,
      })
      .where(eq(people.id, actor.personId))
    if (input.expertises) await replaceExpertises(tx, actor.personId, input.expertises, now)
    if (input.interests) await replaceInterests(tx, actor.personId, input.interests, now)
    await record(tx, context, {
      type: isFirstEnd ? 'person.onboarded' : 'person.profile_changed',
      subjectId: actor.personId,
    })
  })
}

/** The handle that a name would have, with the first number behind it that is free; undefined when a name gives none. */
async function freeHandle(tx: Tx, name: string, suffix: string): Promise<string | undefined> {
  const wanted = handleOf(name)
  if (!wanted) return undefined
  if (suffix) return wanted.slice(0, 34) + suffix
  const { rows } = await tx.execute<{ handle: string }>(
    sql`select handle from people where handle = ${wanted} or handle ~ ${`^${wanted}-[0-9]{1,3}$`}`,
  )
  const taken = new Set(rows.map((row) => row.handle))
  if (!taken.has(wanted)) return wanted
  for (let number = 2; number < 1000; number++) if (!taken.has(`${wanted}-${number}`)) return `${wanted}-${number}`
  return undefined
}
