import { z } from 'zod'
import { Can, Id, Moment, pageOf, pageQuery } from '../pages.ts'
import { RoleKind, ThemeTag } from '../people/schemas.ts'
import { cleanLine, line, prose, webAddress } from '../text.ts'
import { RegionCode } from '../themes/schemas.ts'

/** From which side somebody thinks along (UX P6). */
export const perspectives = ['practice', 'policy', 'knowledge', 'experience'] as const
export const Perspective = z.enum(perspectives)
export type Perspective = z.output<typeof Perspective>

/** A factual question, or one to think along about that has no single answer (U-02). */
export const questionKinds = ['factual', 'think_along'] as const
/** Waiting -> thinking along -> helped on -> something learned; closed by asker or moderator. */
export const questionStates = ['waiting', 'thinking', 'helped', 'learned'] as const
export const QuestionState = z.enum(questionStates)
export const themesMax = 3
export const questionsPerDayMax = 10

export const AskQuestion = z.strictObject({
  title: line(15, 160),
  body: prose(0, 5000).default(''),
  kind: z.enum(questionKinds).default('think_along'),
  themeIds: z.array(Id).min(1).max(themesMax),
  anonymous: z.boolean().default(false),
  /** Only for an anonymous question, and only honoured when at least ten members share it. */
  showRole: z.boolean().default(true),
  showRegion: z.boolean().default(false),
  /** Ask only members in the same labour market region. */
  onlyRegion: RegionCode.nullable().default(null),
})
export type AskQuestion = z.output<typeof AskQuestion>

export const EditQuestion = z.strictObject({ title: line(15, 160), body: prose(0, 5000) })
export type EditQuestion = z.output<typeof EditQuestion>
export const CloseQuestion = z.strictObject({ reason: line(3, 200) })

export const PostAnswer = z.strictObject({
  body: prose(2, 5000),
  perspective: Perspective,
  anonymous: z.boolean().default(false),
  /** An external source makes the answer a referral (S-09). */
  referral: z
    .strictObject({ url: webAddress, title: line(2, 160) })
    .nullable()
    .default(null),
})
export type PostAnswer = z.output<typeof PostAnswer>
export const PostFollowUp = z.strictObject({ body: prose(2, 3000), anonymous: z.boolean().default(false) })
export const EditAnswer = z.strictObject({ body: prose(2, 5000) })

export const turns = ['new_direction', 'application', 'other_reading'] as const
export const MarkHelpful = z.strictObject({ turn: z.enum(turns).nullable().default(null) })

export const ShareYield = z.strictObject({ body: prose(2, 280), didNotWork: prose(0, 280).nullable().default(null) })
/** Answer to the follow-up of day 7 or 21; "nothing yet" stops the asking. */
export const AnswerFollowUp = z.strictObject({ outcome: z.enum(['nothing_yet', 'stop']) })

/** How an author appears: a person, or "a fellow professional" with at most role and region. */
export const AuthorView = z
  .object({
    anonymous: z.boolean(),
    isAsker: z.boolean(),
    handle: z.string().nullable(),
    name: z.string().nullable(),
    portrait: z.string().nullable(),
    roleKind: RoleKind.nullable(),
    jobTitle: z.string().nullable(),
    region: z.string().nullable(),
  })
  .meta({ id: 'Author' })
export type AuthorView = z.output<typeof AuthorView>

const post = {
  id: Id,
  author: AuthorView,
  body: z.string(),
  postedAt: Moment,
  editedAt: Moment.nullable(),
  version: z.int(),
}
export const FollowUpView = z.object(post).meta({ id: 'FollowUp' })
export const AnswerView = z
  .object({
    ...post,
    perspective: Perspective,
    referral: z.object({ url: z.string(), title: z.string() }).nullable(),
    helped: z.boolean(),
    turn: z.enum(turns).nullable(),
    thanks: z.int(),
    followUps: z.array(FollowUpView),
  })
  .meta({ id: 'Answer' })
export type AnswerView = z.output<typeof AnswerView>

export const escalationSteps = ['neighbours', 'helpers', 'guardian', 'facilitator'] as const
export const YieldView = z
  .object({ body: z.string(), didNotWork: z.string().nullable(), sharedAt: Moment })
  .meta({ id: 'Yield' })

/** A public question with everything that everybody may read; what is personal is in QuestionMine. */
export const QuestionView = z
  .object({
    id: Id,
    number: z.int(),
    slug: z.string(),
    title: z.string(),
    body: z.string(),
    kind: z.enum(questionKinds),
    state: QuestionState,
    author: AuthorView,
    themes: z.array(ThemeTag),
    askedAt: Moment,
    editedAt: Moment.nullable(),
    closedAt: Moment.nullable(),
    closedReason: z.string().nullable(),
    version: z.int(),
    peopleAsked: z.int(),
    firstAnswerAt: Moment.nullable(),
    meToos: z.int(),
    missingPerspectives: z.array(Perspective),
    escalations: z.array(z.object({ step: z.enum(escalationSteps), at: Moment, people: z.int() })),
    yield: YieldView.nullable(),
    answers: z.array(AnswerView),
  })
  .meta({ id: 'Question' })
export type QuestionView = z.output<typeof QuestionView>

/** What this reader may do and did with a question. */
export const QuestionMine = z
  .object({
    isAsker: z.boolean(),
    meToo: z.boolean(),
    saved: z.boolean(),
    can: z.object({
      answer: Can,
      edit: Can,
      withdraw: Can,
      close: Can,
      reopen: Can,
      shareYield: Can,
      markHelpful: Can,
      hide: Can,
    }),
    /** Answers and follow-ups of one's own, and what was thanked. */
    answers: z.array(
      z.object({ id: Id, mine: z.boolean(), thanked: z.boolean(), canEdit: Can, canWithdraw: Can, canThank: Can }),
    ),
  })
  .meta({ id: 'QuestionMine' })
export type QuestionMine = z.output<typeof QuestionMine>

export const QuestionRow = z
  .object({
    id: Id,
    number: z.int(),
    slug: z.string(),
    title: z.string(),
    state: QuestionState,
    themes: z.array(ThemeTag),
    author: AuthorView,
    askedAt: Moment,
    lastActivityAt: Moment,
    answers: z.int(),
    peopleAsked: z.int(),
    missingPerspectives: z.array(Perspective),
    yield: z.string().nullable(),
  })
  .meta({ id: 'QuestionRow' })
export type QuestionRow = z.output<typeof QuestionRow>
export const QuestionPage = pageOf(QuestionRow).meta({ id: 'QuestionPage' })

/** A question by its id or by the number in its address. */
export const IdOrNumber = z.union([Id, z.string().regex(/^\d{1,15}$/)])
export const SavedQuery = z.strictObject(pageQuery)

export const questionSorts = ['waiting_longest', 'newest', 'learned_last'] as const
export const QuestionQuery = z.strictObject({
  ...pageQuery,
  state: z.enum([...questionStates, 'all']).optional(),
  theme: z
    .string()
    .regex(/^[a-z0-9-]{1,80}$/)
    .optional(),
  region: RegionCode.optional(),
  missing: Perspective.optional(),
  sort: z.enum(questionSorts).optional(),
})
export type QuestionQuery = z.output<typeof QuestionQuery>

export const SuggestQuery = z.strictObject({ q: z.string().min(1).max(300).transform(cleanLine) })
export const Suggestions = z
  .object({
    items: z.array(
      z.object({
        id: Id,
        number: z.int(),
        slug: z.string(),
        title: z.string(),
        answers: z.int(),
        hasYield: z.boolean(),
        askedAt: Moment,
      }),
    ),
    themes: z.array(Id),
  })
  .meta({ id: 'Suggestions' })

/** How many distinct people a question would reach (overlap removed). */
export const CountAudience = z.strictObject({
  themeIds: z.array(Id).max(30),
  onlyRegion: RegionCode.nullable().default(null),
})
export const AudienceView = z
  .object({
    people: z.int(),
    byRole: z.object({ practice: z.int(), policy: z.int(), coordination: z.int(), knowledge: z.int(), other: z.int() }),
    /** Typical hours to a first answer on these themes over 30 days; null below ten questions. */
    medianHours: z.number().nullable(),
    /** Whether an anonymous asker's role and region would be shown: at least ten members share them. */
    showableRole: z.boolean(),
    showableRegion: z.boolean(),
  })
  .meta({ id: 'Audience' })

export const QuestionAsked = z.object({ id: Id, number: z.int(), slug: z.string() }).meta({ id: 'QuestionAsked' })
export const AnswerPosted = z.object({ id: Id, questionId: Id }).meta({ id: 'AnswerPosted' })
export const RevisionList = z
  .object({ items: z.array(z.object({ title: z.string().nullable(), body: z.string(), replacedAt: Moment })) })
  .meta({ id: 'RevisionList' })

export const DraftKey = z.string().regex(/^(ask|answer-[0-9a-f-]{36}|follow-up-[0-9a-f-]{36}|yield-[0-9a-f-]{36})$/)
export const SaveDraft = z.strictObject({
  content: z.record(z.string().max(40), z.unknown()).refine((value) => JSON.stringify(value).length <= 20_000),
})
export const DraftView = z
  .object({ key: z.string(), content: z.record(z.string(), z.unknown()), savedAt: Moment })
  .meta({ id: 'Draft' })
