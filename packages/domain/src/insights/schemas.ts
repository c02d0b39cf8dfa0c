import { z } from 'zod'
import { Moment } from '../pages.ts'

const duration = z.object({ clockHours: z.number().nullable(), officeHours: z.number().nullable() })
/** The promise, measured in public: figures over a window of 30 days. */
export const PromiseView = z
  .object({
    days: z.int(),
    questions: z.int(),
    answered: z.int(),
    /** True below 30 questions: pages then hide the figures (UX, rule 3). */
    tooFew: z.boolean(),
    firstAnswerMedian: duration,
    firstAnswerP80: duration,
    /** Share (0-1) of questions older than 24 hours with four answers or more within 24 hours. */
    fourAnswersShare: z.number().nullable(),
    answersPerQuestion: z.number().nullable(),
    weeks: z.array(
      z.object({
        weekStart: z.iso.date(),
        questions: z.int(),
        answers: z.int(),
        medianClockHours: z.number().nullable(),
      }),
    ),
    byRole: z
      .object({ practice: z.number(), policy: z.number(), coordination: z.number(), knowledge: z.number() })
      .nullable(),
    measuredAt: Moment,
  })
  .meta({ id: 'Promise' })
export type PromiseView = z.output<typeof PromiseView>

export const StatusView = z
  .object({
    questions: z.enum(['ok', 'down']),
    mail: z.enum(['ok', 'slow', 'down']),
    jobs: z.enum(['ok', 'slow', 'down']),
    checkedAt: Moment,
  })
  .meta({ id: 'Status' })
