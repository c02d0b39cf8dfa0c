import { describe, expect, it } from 'vitest'
import { type Person, visitor } from '../actor.ts'
import { decideWithinHours, effectOf, mayDecidePost, mayDecideReport, mayModerate } from './rules.ts'

const person = (facts: Partial<Person>): Person => ({
  kind: 'person',
  personId: 'p',
  sessionId: 's',
  level: 1,
  platformRole: 'member',
  state: 'active',
  ...facts,
})
const moderator = person({ platformRole: 'moderator' })
const allowed = { allowed: true }
const refused = (because: string) => ({ allowed: false, because })

describe('mayModerate', () => {
  it.each([
    ['a visitor', visitor, refused('sign_in_required')],
    ['a job', { kind: 'system', job: 'j', channelId: 'c' } as const, refused('sign_in_required')],
    ['a member', person({}), refused('moderators_only')],
    ['a paused moderator', person({ platformRole: 'moderator', state: 'paused' }), refused('account_paused')],
    ['a moderator', moderator, allowed],
    ['an admin', person({ platformRole: 'admin' }), allowed],
  ])('answers %s', (_name, actor, verdict) => expect(mayModerate(actor)).toEqual(verdict))
})

describe('mayDecideReport', () => {
  it.each([
    ['an open report', { decided: false, wroteIt: false }, allowed],
    ['a decided report', { decided: true, wroteIt: false }, refused('already_decided')],
    ['a report about one’s own words', { decided: false, wroteIt: true }, refused('own_post')],
  ])('answers about %s', (_name, facts, verdict) => expect(mayDecideReport(moderator, facts)).toEqual(verdict))

  it('is for moderators', () => {
    expect(mayDecideReport(person({}), { decided: false, wroteIt: false })).toEqual(refused('moderators_only'))
  })
})

describe('mayDecidePost', () => {
  it.each([
    ['hide', { hidden: false, lastDecision: null, wroteIt: false }, allowed],
    ['hide', { hidden: true, lastDecision: 'hide', wroteIt: false }, refused('already_decided')],
    ['hide', { hidden: true, lastDecision: null, wroteIt: false }, allowed],
    ['restore', { hidden: true, lastDecision: 'hide', wroteIt: false }, allowed],
    ['restore', { hidden: false, lastDecision: null, wroteIt: false }, refused('already_decided')],
    ['hide', { hidden: false, lastDecision: null, wroteIt: true }, refused('own_post')],
  ] as const)('%s with %o', (decision, facts, verdict) =>
    expect(mayDecidePost(moderator, decision, facts)).toEqual(verdict),
  )

  it('is for moderators', () => {
    expect(mayDecidePost(visitor, 'hide', { hidden: false, lastDecision: null, wroteIt: false })).toEqual(
      refused('sign_in_required'),
    )
  })
})

describe('effectOf', () => {
  it.each([
    ['hide', false, null, 'hide'],
    ['hide', true, null, null],
    ['restore', true, 'hide', 'restore'],
    ['restore', false, null, null],
    ['keep', true, null, 'restore'],
    ['keep', true, 'keep', 'restore'],
    ['keep', true, 'hide', null],
    ['keep', false, null, null],
  ] as const)('%s, hidden %s, last decision %s', (decision, hidden, lastDecision, effect) => {
    expect(effectOf(decision, { hidden, lastDecision })).toBe(effect)
  })
})

describe('decideWithinHours', () => {
  it('is one hour when somebody can be recognised, a day otherwise', () => {
    expect([decideWithinHours('recognisable'), decideWithinHours('incorrect')]).toEqual([1, 24])
  })
})
