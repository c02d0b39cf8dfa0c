import type { AnswerView } from '@meedenk/domain/questions/schemas'

/** How many people thought along, as far as a reader can know: a name counts once, each anonymous answer for itself. */
export function countThinkers(answers: AnswerView[]): number {
  const names = new Set(answers.flatMap(({ author }) => (author.handle ? [author.handle] : [])))
  return names.size + answers.filter(({ author }) => !author.handle).length
}
