import { z } from 'zod'
import { personStates, platformRoles } from '../actor.ts'
import { Id, Moment, pageOf, pageQuery } from '../pages.ts'
import { cleanLine, line, prose } from '../text.ts'
import { RegionCode } from '../themes/schemas.ts'

/** Kinds of work, four as S-24 measures them, and citizens who read along. */
export const roleKinds = ['practice', 'policy', 'coordination', 'knowledge', 'citizen'] as const
export const RoleKind = z.enum(roleKinds)
export type RoleKind = z.output<typeof RoleKind>

export const visibilities = ['everyone', 'members', 'nobody'] as const
export const Visibility = z.enum(visibilities)
export type Visibility = z.output<typeof Visibility>
export const expertiseLevels = ['much', 'some'] as const
export const locales = ['nl', 'en'] as const
export const Locale = z.enum(locales)

export const portraits = [...'abcdefghijkl'].map((letter) => `head-${letter}`)

export const Email = z
  .string()
  .max(320)
  .transform((value) => cleanLine(value).toLowerCase())
  .pipe(z.email().max(254))

export const SessionView = z
  .object({
    person: z
      .object({
        id: Id,
        handle: z.string(),
        name: z.string(),
        portrait: z.string().nullable(),
        roleKind: RoleKind.nullable(),
        region: z.string().nullable(),
        platformRole: z.enum(platformRoles),
        state: z.enum(personStates),
        onboarded: z.boolean(),
        locale: Locale,
        email: z.string(),
        hasPasskey: z.boolean(),
        hasPassword: z.boolean(),
        hasTotp: z.boolean(),
      })
      .nullable(),
    level: z.int(),
    unread: z.int(),
    csrf: z.string().optional(),
  })
  .meta({ id: 'Session' })
export type SessionView = z.output<typeof SessionView>

export const ExpertiseChoice = z.strictObject({ themeId: Id, level: z.enum(expertiseLevels) })

export const Onboard = z.strictObject({
  name: line(1, 60).optional(),
  roleKind: RoleKind.optional(),
  agreed: z.literal(true).optional(),
  regionCode: RegionCode.nullable().optional(),
  expertises: z.array(ExpertiseChoice).max(30).optional(),
  interests: z.array(Id).max(30).optional(),
  done: z.boolean().optional(),
})

export const EditProfile = z.strictObject({
  name: line(1, 60).optional(),
  handle: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{2,39}$/)
    .optional(),
  roleKind: RoleKind.nullable().optional(),
  jobTitle: line(0, 80).nullable().optional(),
  organisation: line(0, 80).nullable().optional(),
  regionCode: RegionCode.nullable().optional(),
  about: prose(0, 500).nullable().optional(),
  portrait: z
    .enum(portraits as [string, ...string[]])
    .nullable()
    .optional(),
  locale: Locale.optional(),
  visibility: z
    .strictObject({
      profile: Visibility,
      jobTitle: Visibility,
      organisation: Visibility,
      region: Visibility,
      about: Visibility,
      expertise: Visibility,
    })
    .partial()
    .optional(),
})
export type EditProfile = z.output<typeof EditProfile>

export const SetExpertises = z.strictObject({
  expertises: z.array(ExpertiseChoice).max(30),
  interests: z.array(Id).max(30),
  /** Most invitations outside one's own expertise in a week. */
  nudgesPerWeek: z.int().min(0).max(20).optional(),
})

export const ThemeTag = z.object({ id: Id, slug: z.string(), name: z.string(), nameEn: z.string() })

export const ProfileView = z
  .object({
    handle: z.string(),
    name: z.string(),
    portrait: z.string().nullable(),
    roleKind: RoleKind.nullable(),
    jobTitle: z.string().nullable(),
    organisation: z.string().nullable(),
    region: z.string().nullable(),
    about: z.string().nullable(),
    expertises: z.array(ThemeTag.extend({ level: z.enum(expertiseLevels) })),
    joinedAt: Moment,
    /** Public contributions under one's own name; anonymous ones never appear. */
    contributions: z.array(
      z.object({
        questionId: Id,
        number: z.int(),
        slug: z.string(),
        title: z.string(),
        kind: z.enum(['asked', 'answered']),
        at: Moment,
      }),
    ),
  })
  .meta({ id: 'Profile' })
export type ProfileView = z.output<typeof ProfileView>

export const OwnProfileView = z
  .object({
    handle: z.string(),
    name: z.string(),
    email: z.string(),
    portrait: z.string().nullable(),
    roleKind: RoleKind.nullable(),
    jobTitle: z.string().nullable(),
    organisation: z.string().nullable(),
    regionCode: z.string().nullable(),
    about: z.string().nullable(),
    locale: Locale,
    visibility: z.object({
      profile: Visibility,
      jobTitle: Visibility,
      organisation: Visibility,
      region: Visibility,
      about: Visibility,
      expertise: Visibility,
    }),
    expertises: z.array(z.object({ themeId: Id, level: z.enum(expertiseLevels) })),
    interests: z.array(Id),
    nudgesPerWeek: z.int(),
    /** Questions a week that this expertise brought in the last eight weeks. */
    questionsPerWeek: z.number(),
    version: z.int(),
  })
  .meta({ id: 'OwnProfile' })
export type OwnProfileView = z.output<typeof OwnProfileView>

export const PeopleQuery = z.strictObject({
  ...pageQuery,
  q: z.string().max(100).transform(cleanLine).optional(),
  theme: z
    .string()
    .max(80)
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  region: RegionCode.optional(),
  role: RoleKind.optional(),
})
export const PersonCard = z
  .object({
    handle: z.string(),
    name: z.string(),
    portrait: z.string().nullable(),
    roleKind: RoleKind.nullable(),
    jobTitle: z.string().nullable(),
    organisation: z.string().nullable(),
    region: z.string().nullable(),
    expertises: z.array(ThemeTag),
  })
  .meta({ id: 'PersonCard' })
export const PeoplePage = pageOf(PersonCard).meta({ id: 'PeoplePage' })
