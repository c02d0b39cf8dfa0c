import { hash } from 'node:crypto'
import type { QuestionRead } from '@meedenk/actions/questions/read-question'

/** Version first, for `If-Match`; then what it looks like now, so that a new answer makes it another page. */
export function etagOf({ version, json }: QuestionRead): string {
  return `"${version}.${hash('sha1', json, 'base64url')}"`
}
