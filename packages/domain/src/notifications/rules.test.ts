import { describe, expect, it } from 'vitest'
import { mayHandle } from './rules.ts'
import type { NoticeKind } from './schemas.ts'

const now = new Date('2026-11-20T12:00:00Z')
const later = (until: string) => ({ state: 'later' as const, until })
const notMine = { state: 'not_mine' as const, why: 'no_time' as const }

describe('handling a notice', () => {
  it.each<[string, NoticeKind, Parameters<typeof mayHandle>[1], boolean]>([
    ['done is always fine', 'answer_posted', { state: 'done' }, true],
    ['back to new is always fine', 'account_security', { state: 'new' }, true],
    ['later tonight', 'question_routed', later('2026-11-20T19:00:00Z'), true],
    ['later in the past', 'question_routed', later('2026-11-20T12:00:00Z'), false],
    ['later next year', 'question_routed', later('2027-12-01T12:00:00Z'), false],
    ['a question can be somebody else’s', 'question_invited', notMine, true],
    ['an answer to me cannot', 'answer_posted', notMine, false],
    ['nor can a decision', 'post_decided', notMine, false],
  ])('%s', (_name, kind, act, expected) => {
    expect(mayHandle({ kind }, act, now).allowed).toBe(expected)
  })
})
