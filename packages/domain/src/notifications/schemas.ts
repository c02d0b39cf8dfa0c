import { z } from 'zod'
import { Id, Moment, pageOf, pageQuery } from '../pages.ts'

export const noticeKinds = [
  'question_routed',
  'question_invited',
  'answer_posted',
  'follow_up_posted',
  'answer_helped',
  'yield_shared',
  'yield_asked',
  'question_escalated',
  'post_decided',
  'report_decided',
  'account_security',
] as const
export const NoticeKind = z.enum(noticeKinds)
export type NoticeKind = z.output<typeof NoticeKind>

/** Groups of the inbox (UX 4.13). */
export const inboxGroups = ['think_along', 'for_you', 'look_back', 'history'] as const

/** What a person sets a pace for: a row of the settings table. */
export const paceKinds = ['questions', 'answers', 'outcomes', 'house'] as const
export type PaceKind = (typeof paceKinds)[number]
export const paces = ['at_once', 'bundled', 'daily', 'weekly', 'pause'] as const
export const Pace = z.enum(paces)
export type Pace = z.output<typeof Pace>

/** Which setting governs the mail of a notice; null: always at once, since it concerns the account itself. */
export const paceKindOf: Record<NoticeKind, PaceKind | null> = {
  question_routed: 'questions',
  question_invited: 'questions',
  question_escalated: 'questions',
  answer_posted: 'answers',
  follow_up_posted: 'answers',
  answer_helped: 'outcomes',
  yield_shared: 'outcomes',
  yield_asked: 'answers',
  post_decided: 'house',
  report_decided: 'house',
  account_security: null,
}

export const defaultPaces: Record<PaceKind, Pace> = {
  questions: 'bundled',
  answers: 'at_once',
  outcomes: 'weekly',
  house: 'at_once',
}

export const noticeStates = ['new', 'seen', 'later', 'done', 'not_mine'] as const

export const NoticeView = z
  .object({
    id: Id,
    kind: NoticeKind,
    group: z.enum(inboxGroups),
    state: z.enum(noticeStates),
    at: Moment,
    until: Moment.nullable(),
    /** The conversation it belongs to. */
    question: z.object({ id: Id, number: z.int(), slug: z.string(), title: z.string(), answers: z.int() }).nullable(),
    subjectId: Id,
    /** Why it came: the theme names, or the moderator's reason. */
    because: z.string().nullable(),
  })
  .meta({ id: 'Notice' })
export type NoticeView = z.output<typeof NoticeView>
export const InboxQuery = z.strictObject({
  ...pageQuery,
  group: z.enum(inboxGroups).optional(),
  kind: NoticeKind.optional(),
})
export const InboxPage = pageOf(NoticeView).extend({ unread: z.int() }).meta({ id: 'InboxPage' })

export const HandleNotice = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('seen') }),
  z.strictObject({ state: z.literal('done') }),
  z.strictObject({ state: z.literal('new') }),
  z.strictObject({ state: z.literal('later'), until: Moment }),
  z.strictObject({ state: z.literal('not_mine'), why: z.enum(['not_my_field', 'no_time']) }),
])

export const PaceSettings = z.strictObject({ questions: Pace, answers: Pace, outcomes: Pace, house: Pace })
export const SettingsView = z
  .object({ paces: PaceSettings, pausedUntil: Moment.nullable(), mailBounced: z.boolean() })
  .meta({ id: 'NotificationSettings' })
export const SaveSettings = z.strictObject({
  paces: PaceSettings.partial().optional(),
  pausedUntil: Moment.nullable().optional(),
})
/** What a link in a mail may do without signing in. */
export const MailLinkAct = z.strictObject({ act: z.enum(['stop', 'weekly', 'pause_month']) })
export const MailLinkView = z
  .object({ kind: z.enum([...paceKinds, 'all']), email: z.string(), paces: PaceSettings })
  .meta({ id: 'MailLink' })

/** What the live stream says: ids only, the reader asks for the content itself. */
export const Signal = z.object({
  type: z.enum(['inbox', 'question', 'reset', 'signed_out']),
  questionId: Id.optional(),
  event: z.string().optional(),
})
export const StreamQuery = z.strictObject({ question: Id.optional(), lastEventId: z.string().max(60).optional() })
