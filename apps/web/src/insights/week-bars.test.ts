import { expect, test } from 'vitest'
import { weekBars } from './week-bars.ts'

const size = { width: 100, height: 50, gap: 10 }

test('the highest bar takes the whole height and the others their share', () => {
  expect(weekBars([5, 10, 0], size).map((bar) => bar.height)).toEqual([25, 50, 0])
})

test('bars stand on the ground, side by side, and fill the width', () => {
  const bars = weekBars([1, 2, 3, 4], size)
  for (const bar of bars) expect(bar.y + bar.height).toBe(50)
  const last = bars.at(-1)
  expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(100)
  expect(bars[1]?.x).toBeCloseTo((bars[0]?.width ?? 0) + 10)
})

test('weeks without anything draw nothing, and never divide by zero', () => {
  expect(weekBars([0, 0], size).map((bar) => bar.height)).toEqual([0, 0])
  expect(weekBars([], size)).toEqual([])
})
