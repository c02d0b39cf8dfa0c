import { z } from 'zod'
import { Id, Moment, pageOf, pageQuery } from '../pages.ts'
import { Email } from '../people/schemas.ts'
import { line, prose } from '../text.ts'

export const subjectKinds = ['question', 'answer'] as const
export const reportReasons = ['recognisable', 'unsafe', 'advertising', 'incorrect', 'illegal'] as const

/** A notice in the sense of DSA article 16; no account needed. */
export const ReportPost = z
  .strictObject({
    subjectKind: z.enum(subjectKinds),
    subjectId: Id,
    reason: z.enum(reportReasons),
    explanation: prose(3, 2000),
    name: line(1, 100).nullable().default(null),
    email: Email.nullable().default(null),
    goodFaith: z.boolean().default(false),
  })
  .refine((report) => report.reason !== 'illegal' || report.goodFaith, {
    path: ['goodFaith'],
    error: 'good_faith_required',
  })
export const ReportReceived = z.object({ number: z.int(), decideWithinHours: z.int() }).meta({ id: 'ReportReceived' })

export type ReportPost = z.output<typeof ReportPost>
export type SubjectKind = (typeof subjectKinds)[number]

export const decisions = ['keep', 'hide', 'restore'] as const
export const DecideReport = z.strictObject({
  decision: z.enum(decisions),
  reason: prose(10, 2000),
  rule: z.int().min(1).max(7).nullable().default(null),
})
export type DecideReport = z.output<typeof DecideReport>
/** Hiding or restoring a post without a report before it. */
export const DecidePost = z.strictObject({
  subjectKind: z.enum(subjectKinds),
  subjectId: Id,
  decision: z.enum(['hide', 'restore']),
  reason: prose(10, 2000),
  rule: z.int().min(1).max(7).nullable().default(null),
})

export type DecidePost = z.output<typeof DecidePost>
export const PostDecided = z.object({ hidden: z.boolean() }).meta({ id: 'PostDecided' })

export const ReportView = z
  .object({
    id: Id,
    number: z.int(),
    subjectKind: z.enum(subjectKinds),
    subjectId: Id,
    reason: z.enum(reportReasons),
    explanation: z.string(),
    reporter: z.object({ name: z.string().nullable(), email: z.string().nullable() }).nullable(),
    reportedAt: Moment,
    dueAt: Moment,
    subject: z
      .object({
        questionNumber: z.int(),
        questionSlug: z.string(),
        questionTitle: z.string(),
        body: z.string(),
        postedAt: Moment,
        anonymous: z.boolean(),
        authorName: z.string().nullable(),
        hidden: z.boolean(),
      })
      .nullable(),
    decision: z
      .object({ decision: z.enum(decisions), reason: z.string(), decidedAt: Moment, decidedBy: z.string() })
      .nullable(),
  })
  .meta({ id: 'Report' })
export type ReportView = z.output<typeof ReportView>
export const ReportQuery = z.strictObject({ ...pageQuery, open: z.enum(['true', 'false']).optional() })
export type ReportQuery = z.output<typeof ReportQuery>
export const ReportPage = pageOf(ReportView).meta({ id: 'ReportPage' })

/** Opening a seal tells who wrote an anonymous post; logged, and told to the person. */
export const OpenSeal = z.strictObject({ reason: prose(20, 1000).refine((reason) => [...reason].length >= 20) })
export type OpenSeal = z.output<typeof OpenSeal>
export const SealOpened = z.object({ handle: z.string(), name: z.string() }).meta({ id: 'SealOpened' })
