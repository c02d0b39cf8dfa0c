import { describe, expect, it } from 'vitest'
import { dueSteps, type EscalationStep, withHours } from './escalation.ts'

const askedAt = new Date('2026-11-16T08:00:00Z')
const at = (hours: number) => new Date(askedAt.getTime() + hours * 3_600_000)
const waiting = { askedAt, answers: 0, isOpen: true, taken: [] as EscalationStep[] }

describe('the steps of a silent question', () => {
  it.each<[string, number, Partial<typeof waiting>, EscalationStep[]]>([
    ['nothing within two hours', 1.99, {}, []],
    ['neighbours at two hours', 2, {}, ['neighbours']],
    ['helpers at four hours', 4, { taken: ['neighbours'] }, ['helpers']],
    ['the guardian at twelve hours', 12, { taken: ['neighbours', 'helpers'] }, ['guardian']],
    ['the facilitator at a day', 24, { taken: ['neighbours', 'helpers', 'guardian'] }, ['facilitator']],
    ['all that were missed', 25, {}, ['neighbours', 'helpers', 'guardian', 'facilitator']],
    ['the facilitator only, when it has few answers', 25, { answers: 3 }, ['facilitator']],
    ['nothing with four answers', 25, { answers: 4 }, []],
    ['nothing when it was answered in time', 5, { answers: 1 }, []],
    ['nothing when it is closed', 25, { isOpen: false }, []],
    ['nothing after two weeks', 14 * 24 + 1, {}, []],
  ])('%s', (_name, hours, facts, expected) => {
    expect(dueSteps({ ...waiting, ...facts }, at(hours))).toEqual(expected)
  })

  it('follow the hours of the settings', () => {
    expect(dueSteps(waiting, at(1), withHours([1, 2, 3, 4]))).toEqual(['neighbours'])
  })
})
