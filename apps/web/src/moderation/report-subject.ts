import type { SubjectKind } from '@meedenk/domain/moderation/schemas'

export interface ReportSubject {
  kind: SubjectKind
  id: string
}
const anId = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** What the address of the report page says it is about: `question:<id>` or `answer:<id>`. */
export function readSubject(value: unknown): ReportSubject | undefined {
  const [, kind, id] = new RegExp(`^(question|answer):(${anId})$`).exec(String(value)) ?? []
  return kind && id ? { kind: kind === 'answer' ? 'answer' : 'question', id } : undefined
}

/** What an address somebody pasted leads to: a question by its number, and an answer when it points at one. */
export function readAddress(text: string): { number: number; answerId: string | undefined } | undefined {
  const [, number] = /\/(?:vragen|questions)\/(\d{1,15})(?![\d])/.exec(text) ?? []
  const [, answerId] = new RegExp(`#antwoord-(${anId})`).exec(text) ?? []
  return number ? { number: Number(number), answerId } : undefined
}
