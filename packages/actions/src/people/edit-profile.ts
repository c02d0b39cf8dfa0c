import type { Tx } from '@meedenk/db/connection'
import { people, regions } from '@meedenk/db/schema'
import { actAs } from '@meedenk/db/tenancy'
import { ensure, ProductError } from '@meedenk/domain/errors'
import { mayEditProfile } from '@meedenk/domain/people/rules'
import type { EditProfile } from '@meedenk/domain/people/schemas'
import { and, eq, sql } from 'drizzle-orm'
import { asPerson, type Context, record } from '../context.ts'

/** Changes one's own profile, if it is still the version that was read. Gives the new version. */
export async function editProfile(context: Context, changes: EditProfile, version: number): Promise<number> {
  const { db, actor } = asPerson(context)
  ensure(mayEditProfile(actor, changes))
  const { visibility = {}, ...fields } = changes
  const visible = {
    profileVisibility: visibility.profile,
    jobTitleVisibility: visibility.jobTitle,
    organisationVisibility: visibility.organisation,
    regionVisibility: visibility.region,
    aboutVisibility: visibility.about,
    expertiseVisibility: visibility.expertise,
  }
  const written = actAs(db, actor, async (tx) => {
    if (fields.regionCode) await checkRegion(tx, fields.regionCode)
    const [row] = await tx
      .update(people)
      // An emptied field is no text at all. What is undefined stays as it was.
      .set({ ...withoutEmpty(fields), ...visible, version: sql`${people.version} + 1` })
      .where(and(eq(people.id, actor.personId), eq(people.version, version)))
      .returning({ version: people.version })
    if (!row) throw new ProductError('stale_version')
    await record(tx, context, { type: 'person.profile_changed', subjectId: actor.personId })
    return row.version
  })
  return written.catch((error) => {
    throw isHandleTaken(error) ? new ProductError('handle_taken', {}, '/handle') : error
  })
}

/** Refuses a municipality that does not exist. */
export async function checkRegion(tx: Tx, code: string): Promise<void> {
  const known = await tx.select({ code: regions.code }).from(regions).where(eq(regions.code, code))
  if (known.length === 0) throw new ProductError('unknown_region', {}, '/regionCode')
}

/** Whether the database refused because somebody else has this handle. */
export function isHandleTaken(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'constraint' in cause && cause.constraint === 'people_handle_unique'
}

type Fields = Omit<EditProfile, 'visibility'>
const withoutEmpty = (fields: Fields): Fields => ({
  ...fields,
  ...(fields.jobTitle === '' ? { jobTitle: null } : {}),
  ...(fields.organisation === '' ? { organisation: null } : {}),
  ...(fields.about === '' ? { about: null } : {}),
})
