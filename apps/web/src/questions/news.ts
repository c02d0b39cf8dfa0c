import type { AnswerView, QuestionView } from '@meedenk/domain/questions/schemas'

/** How many posts of the latest version are not on the page yet. */
export function newPosts(shown: QuestionView, latest: QuestionView): number {
  const known = new Set(shown.answers.flatMap((answer) => [answer.id, ...answer.followUps.map((one) => one.id)]))
  return latest.answers.flatMap((answer) => [answer, ...answer.followUps]).filter((post) => !known.has(post.id)).length
}

/** Takes over the figures of the latest version, but nothing that would move what somebody is reading. */
export function mergeQuietly(shown: QuestionView, latest: QuestionView): QuestionView {
  const fresh = new Map(latest.answers.map((answer) => [answer.id, answer]))
  const quiet = (answer: AnswerView): AnswerView => ({
    ...answer,
    thanks: fresh.get(answer.id)?.thanks ?? answer.thanks,
  })
  return {
    ...shown,
    meToos: latest.meToos,
    peopleAsked: latest.peopleAsked,
    firstAnswerAt: latest.firstAnswerAt,
    answers: shown.answers.map(quiet),
  }
}
