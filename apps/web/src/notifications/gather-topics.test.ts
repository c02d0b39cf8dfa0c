import type { NoticeView } from '@meedenk/domain/notifications/schemas'
import { expect, test } from 'vitest'
import { gatherTopics } from './gather-topics.ts'

let count = 0
function givenNotice(change: Partial<NoticeView> = {}): NoticeView {
  count += 1
  return {
    id: `0190a000-0000-7000-8000-${String(count).padStart(12, '0')}`,
    kind: 'answer_posted',
    group: 'for_you',
    state: 'seen',
    at: '2026-11-21T10:00:00Z',
    until: null,
    question: null,
    subjectId: '0190a000-0000-7000-8000-000000000000',
    because: null,
    ...change,
  }
}
const question = (id: string) => ({ id, number: 1, slug: 's', title: 'T', answers: 2 })

test('notices about one question make one line, in the place of the newest', () => {
  const first = givenNotice({ question: question('a') })
  const other = givenNotice({ question: question('b') })
  const older = givenNotice({ question: question('a') })
  const topics = gatherTopics([first, other, older])
  expect(topics.map((topic) => topic.notices.map((one) => one.id))).toEqual([[first.id, older.id], [other.id]])
  expect(topics[0]?.latest).toBe(first)
})

test('what belongs to no question is never gathered', () => {
  expect(gatherTopics([givenNotice(), givenNotice()])).toHaveLength(2)
})

test('a line is unread as long as one of its notices is', () => {
  const topics = gatherTopics([
    givenNotice({ question: question('a') }),
    givenNotice({ question: question('a'), state: 'new' }),
  ])
  expect(topics[0]?.isUnread).toBe(true)
  expect(gatherTopics([givenNotice()])[0]?.isUnread).toBe(false)
})
