import { type Actor, isModerator } from '../actor.ts'
import { no, type Verdict, yes } from '../errors.ts'
import { questionsPerDayMax } from './schemas.ts'

/** What the rules want to know of a question; hidden and withdrawn ones only reach their asker and moderators. */
export type QuestionFacts = { isAsker: boolean; closed: boolean; hidden: boolean; withdrawn: boolean }
export type AnswerFacts = { mine: boolean; hidden: boolean; withdrawn: boolean; isFollowUp: boolean }

/** Writing needs an active person; reading never does. */
export function mayWrite(actor: Actor): Verdict {
  if (actor.kind !== 'person') return no('sign_in_required')
  return actor.state === 'active' ? yes : no('account_paused')
}

export function mayAsk(actor: Actor, askedToday: number): Verdict {
  const verdict = mayWrite(actor)
  if (!verdict.allowed) return verdict
  return askedToday < questionsPerDayMax ? yes : no('too_many_questions_today')
}

export function mayAnswer(actor: Actor, question: QuestionFacts): Verdict {
  const verdict = mayJoinIn(actor, question)
  if (!verdict.allowed) return verdict
  return question.isAsker ? no('own_question') : yes
}

/** Asking further about an answer: one level deep, by anybody, so also by the asker. */
export function mayFollowUp(actor: Actor, question: QuestionFacts, answer: AnswerFacts): Verdict {
  if (answer.hidden || answer.withdrawn) return no('not_found')
  if (answer.isFollowUp) return no('follow_up_of_follow_up')
  return mayJoinIn(actor, question)
}

export const mayEditQuestion = askerOnly
export const mayWithdrawQuestion = askerOnly
export const mayShareYield = askerOnly
export const mayMarkHelpful = askerOnly

export function mayCloseQuestion(actor: Actor, question: QuestionFacts): Verdict {
  if (isModerator(actor) && !question.isAsker && !question.withdrawn) return mayWrite(actor)
  return askerOnly(actor, question)
}

export function mayReopenQuestion(actor: Actor, question: QuestionFacts): Verdict {
  return mayCloseQuestion(actor, question)
}

export function mayHideQuestion(actor: Actor): Verdict {
  return isModerator(actor) ? mayWrite(actor) : no('moderators_only')
}

/** "I have this too": not for one's own question. */
export function maySayMeToo(actor: Actor, question: QuestionFacts): Verdict {
  const verdict = mayWrite(actor)
  if (!verdict.allowed) return verdict
  return question.isAsker ? no('own_question') : isThere(question)
}

/** Moderators still see what is hidden, but thank for it as little as anybody. */
export function mayThank(actor: Actor, question: QuestionFacts, answer: AnswerFacts): Verdict {
  const verdict = mayWrite(actor)
  if (!verdict.allowed) return verdict
  if (answer.mine) return no('own_answer')
  return answer.hidden || answer.withdrawn ? no('not_found') : isThere(question)
}

export function mayEditAnswer(actor: Actor, question: QuestionFacts, answer: AnswerFacts): Verdict {
  const verdict = mayWithdrawAnswer(actor, answer)
  if (!verdict.allowed) return verdict
  return isThere(question)
}

export function mayWithdrawAnswer(actor: Actor, answer: AnswerFacts): Verdict {
  const verdict = mayWrite(actor)
  if (!verdict.allowed) return verdict
  if (!answer.mine) return no('not_yours')
  return answer.hidden || answer.withdrawn ? no('not_found') : yes
}

function mayJoinIn(actor: Actor, question: QuestionFacts): Verdict {
  const verdict = mayWrite(actor)
  if (!verdict.allowed) return verdict
  const there = isThere(question)
  if (!there.allowed) return there
  return question.closed ? no('question_closed') : yes
}

function askerOnly(actor: Actor, question: QuestionFacts): Verdict {
  const verdict = mayWrite(actor)
  if (!verdict.allowed) return verdict
  if (!question.isAsker) return no('not_the_asker')
  return isThere(question)
}

function isThere(question: QuestionFacts): Verdict {
  if (question.withdrawn) return no('gone')
  return question.hidden ? no('question_hidden') : yes
}
