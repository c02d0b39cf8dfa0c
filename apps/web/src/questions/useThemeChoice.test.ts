import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, reactive, ref } from 'vue'
import { useThemeChoice } from './useThemeChoice.ts'

const themes = ['debts', 'housing', 'care'].map((id) => ({ id }))
let scope = effectScope()
function start(themeIds: string[] = []) {
  const values = reactive({ themeIds })
  const suggested = ref<string[]>([])
  const choice = scope.run(() =>
    useThemeChoice(
      values,
      () => suggested.value,
      () => themes,
    ),
  )
  if (!choice) throw new Error('The scope has ended')
  const suggest = async (...ids: string[]) => {
    suggested.value = ids
    await nextTick()
  }
  return { values, suggest, ...choice }
}
beforeEach(() => {
  vi.useFakeTimers()
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

describe('the themes of a question', () => {
  it('follow the text as long as nobody chose', async () => {
    const { values, suggest } = start()
    await suggest('debts', 'unknown', 'housing', 'care')
    expect(values.themeIds).toEqual(['debts', 'housing'])
    await suggest('care')
    expect(values.themeIds).toEqual(['care'])
  })
  it('are left alone once somebody ticked or unticked one', async () => {
    const { values, suggest, tick } = start()
    await suggest('debts')
    vi.advanceTimersByTime(1000)
    expect(tick('debts', false)).toBe(false)
    await suggest('debts', 'care')
    expect(values.themeIds).toEqual([])
  })
  it('stay ticked when somebody ticks what the text ticked a blink before', async () => {
    const { values, suggest, tick } = start()
    await suggest('debts')
    vi.advanceTimersByTime(100)
    expect(tick('debts', false)).toBe(true)
    expect(values.themeIds).toEqual(['debts'])
  })
  it('stay unticked when somebody unticks what the text unticked a blink before', async () => {
    const { values, suggest, tick } = start()
    await suggest('debts')
    vi.advanceTimersByTime(1000)
    await suggest('care')
    vi.advanceTimersByTime(100)
    expect(tick('debts', true)).toBe(false)
    expect(values.themeIds).toEqual(['care'])
  })
  it('wait with what the text suggests while somebody moves among them', async () => {
    const { values, suggest, tick, keepStill, leading } = start()
    keepStill()
    await suggest('debts')
    expect(values.themeIds).toEqual([])
    expect(leading.value).toEqual([])
    vi.advanceTimersByTime(2000)
    await nextTick()
    expect(values.themeIds).toEqual(['debts'])
    keepStill()
    await suggest('care')
    tick('housing', true)
    vi.advanceTimersByTime(2000)
    await nextTick()
    expect(values.themeIds).toEqual(['debts', 'housing'])
  })
  it('keep what came back with a draft, at once or later', async () => {
    const early = start(['housing'])
    await early.suggest('debts')
    expect(early.values.themeIds).toEqual(['housing'])
    const late = start()
    await late.suggest('debts')
    late.values.themeIds = ['care']
    await late.suggest('housing')
    expect(late.values.themeIds).toEqual(['care'])
  })
})
