import { escalationSteps } from './schemas.ts'

export type EscalationStep = (typeof escalationSteps)[number]

/** After how many hours of silence each step is taken, and how many people it may ask. */
export type EscalationPlan = Record<EscalationStep, { afterHours: number; fewerAnswersThan: number; peopleMax: number }>

export const defaultEscalation: EscalationPlan = {
  neighbours: { afterHours: 2, fewerAnswersThan: 1, peopleMax: 25 },
  helpers: { afterHours: 4, fewerAnswersThan: 1, peopleMax: 5 },
  guardian: { afterHours: 12, fewerAnswersThan: 1, peopleMax: 3 },
  facilitator: { afterHours: 24, fewerAnswersThan: 4, peopleMax: 10 },
}

/** A question older than this is no longer escalated: after two weeks another nudge helps nobody. */
export const escalationDaysMax = 14

type WaitingFacts = { askedAt: Date; answers: number; isOpen: boolean; taken: readonly EscalationStep[] }

/** Which steps a question is due for; each is taken once. */
export function dueSteps(
  question: WaitingFacts,
  now: Date,
  plan: EscalationPlan = defaultEscalation,
): EscalationStep[] {
  const waitedHours = (now.getTime() - question.askedAt.getTime()) / 3_600_000
  if (!question.isOpen || waitedHours > escalationDaysMax * 24) return []
  return escalationSteps.filter((step) => {
    const { afterHours, fewerAnswersThan } = plan[step]
    return !question.taken.includes(step) && waitedHours >= afterHours && question.answers < fewerAnswersThan
  })
}

/** A plan with other hours, such as `2,4,12,24`, in the order of the steps. */
export function withHours(hours: readonly number[], plan: EscalationPlan = defaultEscalation): EscalationPlan {
  const changed = escalationSteps.map((step, i) => [
    step,
    { ...plan[step], afterHours: hours[i] ?? plan[step].afterHours },
  ])
  // Object.fromEntries forgets which keys it got.
  return Object.fromEntries(changed) as EscalationPlan
}
