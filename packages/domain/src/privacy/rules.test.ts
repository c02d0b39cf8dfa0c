import { describe, expect, it } from 'vitest'
import { fateOf, mayLeave } from './rules.ts'

describe('stopping', () => {
  it.each([
    { state: 'active', ownedChannels: 0, verdict: { allowed: true } },
    { state: 'paused', ownedChannels: 0, verdict: { allowed: true } },
    { state: 'active', ownedChannels: 1, verdict: { allowed: false, because: 'owns_channel' } },
    { state: 'leaving', ownedChannels: 0, verdict: { allowed: false, because: 'already_leaving' } },
  ])('as $state with $ownedChannels channels', ({ verdict, ...person }) => {
    expect(mayLeave(person)).toEqual(verdict)
  })

  it.each([
    { choice: 'without_name', builtOn: false, fate: 'nameless' },
    { choice: 'without_name', builtOn: true, fate: 'nameless' },
    { choice: 'with_name', builtOn: true, fate: 'named' },
    { choice: 'erase', builtOn: false, fate: 'erased' },
    { choice: 'erase', builtOn: true, fate: 'nameless' },
  ] as const)('leaves a post $fate by $choice when built on: $builtOn', ({ choice, builtOn, fate }) => {
    expect(fateOf(choice, { builtOn })).toBe(fate)
  })
})
