import { editProfile } from '@meedenk/actions/people/edit-profile'
import { joinPlaza } from '@meedenk/actions/people/join-plaza'
import { onboardPerson } from '@meedenk/actions/people/onboard-person'
import { atTheDoor } from '@meedenk/db/tenancy'
import { visitor } from '@meedenk/domain/actor'
import { EditProfile, Onboard } from '@meedenk/domain/people/schemas'
import people from '../content/demo/people.json' with { type: 'json' }
import type { Stage } from './seed-stage.ts'

export type DemoPerson = (typeof people)[number]
export type DemoPeople = Map<string, { id: string; person: DemoPerson }>

const day = 86_400_000
const moderators: Record<string, string> = { priya: 'moderator', lotte: 'admin' }
const madeUp = 'Voorbeeldpersoon: naam en organisatie zijn verzonnen.'

/** Their address; `.test` belongs to nobody. */
export const emailOf = (key: string): string => `${key.replace('_', '.')}@voorbeeld.test`

/** Lets the demo people join, fill in their three screens and their profile, some months ago. */
export async function seedPeople(stage: Stage, themes: Map<string, string>, now: Date): Promise<DemoPeople> {
  const known: DemoPeople = new Map()
  for (const [place, person] of people.entries()) {
    const joinedAt = new Date(now.getTime() - (60 + place * 7) * day)
    known.set(person.key, { id: await join(stage, person, place, themes, joinedAt), person })
  }
  for (const [key, role] of Object.entries(moderators)) {
    await stage.owner.query('update people set platform_role = $2 where id = $1', [known.get(key)?.id, role])
  }
  await appointGuardians(stage, known, themes)
  return known
}

async function join(
  stage: Stage,
  person: DemoPerson,
  place: number,
  themes: Map<string, string>,
  joinedAt: Date,
): Promise<string> {
  const door = { db: stage.api, actor: visitor, now: joinedAt, requestId: null }
  const email = emailOf(person.key)
  const { personId } = await atTheDoor(stage.api, visitor, (tx) => joinPlaza(tx, door, { email, locale: 'nl' }))
  const choose = (slugs: string[], level: 'much' | 'some') =>
    slugs.map((slug) => ({ themeId: themes.get(slug), level }))
  const welcome = Onboard.parse({
    name: person.name,
    roleKind: person.roleKind,
    agreed: true,
    regionCode: person.regionCode,
    expertises: [...choose(person.expertises.much, 'much'), ...choose(person.expertises.some, 'some')],
    interests: person.interests.map((slug) => themes.get(slug)),
    done: true,
  })
  await onboardPerson(stage.as(personId, new Date(joinedAt.getTime() + 60_000)), welcome)
  const profile = EditProfile.parse({
    jobTitle: person.jobTitle,
    organisation: `${person.organisation} (verzonnen)`,
    portrait: person.portrait,
    about: [person.about, madeUp].filter(Boolean).join(' '),
    visibility: {
      about: 'everyone',
      organisation: place % 3 === 0 ? 'everyone' : 'members',
      region: place % 7 === 6 ? 'members' : 'everyone',
    },
  })
  const { rows } = await stage.owner.query<{ version: number }>('select version from people where id = $1', [personId])
  await editProfile(stage.as(personId, new Date(joinedAt.getTime() + 300_000)), profile, rows[0]?.version ?? 1)
  return personId
}

/** The first person with much expertise guards a theme, at most two themes each. */
async function appointGuardians({ owner }: Stage, known: DemoPeople, themes: Map<string, string>) {
  const guarded = new Map<string, number>()
  for (const [slug, themeId] of themes) {
    const guardian = [...known.values()].find(
      ({ id, person }) => person.expertises.much.includes(slug) && (guarded.get(id) ?? 0) < 2,
    )
    if (!guardian) continue
    guarded.set(guardian.id, (guarded.get(guardian.id) ?? 0) + 1)
    await owner.query('update themes set guardian_id = $2 where id = $1', [themeId, guardian.id])
  }
}
