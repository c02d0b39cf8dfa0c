import type { QuestionMine, QuestionView } from '@meedenk/domain/questions/schemas'

const never = { allowed: false, because: 'sign_in_required' } as const

/** What somebody may do who is not known yet: think along, which asks for an account when it is sent. */
export function visitorMine(question: QuestionView | undefined): QuestionMine {
  const answer = question?.closedAt
    ? ({ allowed: false, because: 'question_closed' } as const)
    : ({ allowed: true } as const)
  return {
    isAsker: false,
    meToo: false,
    saved: false,
    can: {
      answer,
      edit: never,
      withdraw: never,
      close: never,
      reopen: never,
      shareYield: never,
      markHelpful: never,
      hide: never,
    },
    answers: [],
  }
}
