import type { PageTarget } from '../shell/locale-path.ts'

/** The address of a question; the number finds it, the slug is there for who reads the address. */
export function questionTarget(question: { number: number; slug: string }, hash?: string): PageTarget {
  const params = { number: String(question.number), slug: question.slug ? `-${question.slug}` : '' }
  return { name: 'question', params, ...(hash ? { hash } : {}) }
}
