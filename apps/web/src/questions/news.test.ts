import type { AnswerView, QuestionView } from '@meedenk/domain/questions/schemas'
import { expect, it } from 'vitest'
import { mergeQuietly, newPosts } from './news.ts'
import { countThinkers } from './thinkers.ts'

const author = {
  anonymous: false,
  isAsker: false,
  handle: 'marjan',
  name: 'Marjan',
  portrait: null,
  roleKind: null,
  jobTitle: null,
  region: null,
}
const anonymous = { ...author, anonymous: true, handle: null, name: null }
const post = { author, body: 'Text', postedAt: '2026-11-21T10:00:00Z', editedAt: null, version: 1 }

function givenAnswer(id: string, more: Partial<AnswerView> = {}): AnswerView {
  return {
    ...post,
    id,
    perspective: 'practice',
    referral: null,
    helped: false,
    turn: null,
    thanks: 0,
    followUps: [],
    ...more,
  }
}

function givenQuestion(answers: AnswerView[], more: Partial<QuestionView> = {}): QuestionView {
  return {
    id: 'question',
    number: 1,
    slug: 'question',
    title: 'A question',
    body: '',
    kind: 'think_along',
    state: 'thinking',
    author,
    themes: [],
    askedAt: '2026-11-21T09:00:00Z',
    editedAt: null,
    closedAt: null,
    closedReason: null,
    version: 1,
    peopleAsked: 10,
    firstAnswerAt: null,
    meToos: 0,
    missingPerspectives: [],
    escalations: [],
    yield: null,
    answers,
    ...more,
  }
}

it('counts answers and follow-ups that are not on the page yet', () => {
  const shown = givenQuestion([givenAnswer('a')])
  const latest = givenQuestion([givenAnswer('a', { followUps: [{ ...post, id: 'f' }] }), givenAnswer('b')])

  expect(newPosts(shown, latest)).toBe(2)
  expect(newPosts(latest, latest)).toBe(0)
})

it('takes over figures at once, and leaves what moves for when the reader asks', () => {
  const shown = givenQuestion([givenAnswer('a'), givenAnswer('b')])
  const latest = givenQuestion([givenAnswer('b', { helped: true, thanks: 3 }), givenAnswer('a'), givenAnswer('c')], {
    meToos: 5,
    state: 'helped',
  })

  const merged = mergeQuietly(shown, latest)

  expect(merged.answers.map((answer) => [answer.id, answer.helped, answer.thanks])).toEqual([
    ['a', false, 0],
    ['b', false, 3],
  ])
  expect(merged).toMatchObject({ meToos: 5, state: 'thinking' })
})

it('counts a person once and every anonymous answer for itself', () => {
  const answers = [
    givenAnswer('a'),
    givenAnswer('b'),
    givenAnswer('c', { author: anonymous }),
    givenAnswer('d', { author: anonymous }),
  ]

  expect(countThinkers(answers)).toBe(3)
})
