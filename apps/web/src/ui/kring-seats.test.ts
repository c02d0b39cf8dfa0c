import { describe, expect, it } from 'vitest'
import { kringSeats } from './kring-seats.ts'

const count = (people: number, you = false) => kringSeats({ people, you }).length

describe('the seats of a circle', () => {
  it.each([0, 1, 5, 12, 16, 27, 40])('are exact for %i people', (people) => {
    expect(count(people)).toBe(people)
  })

  it('add the yellow seat of the reader, once, in the inner ring', () => {
    const seats = kringSeats({ people: 268, you: true })

    expect(seats.filter((seat) => seat.state === 'you')).toHaveLength(1)
    expect(seats.findIndex((seat) => seat.state === 'you')).toBe(15)
  })

  it('stop at four full rings however many people there are', () => {
    expect(count(121)).toBe(121)
    expect(count(100_000)).toBe(166)
  })

  it('are filled from the top, clockwise, as far as people thought along', () => {
    const states = kringSeats({ people: 10, filled: 3 }).map((seat) => seat.state)

    expect(states.slice(0, 3)).toEqual(['filled', 'filled', 'filled'])
    expect(new Set(states.slice(3))).toEqual(new Set(['free']))
  })

  it('never touch the next seat', () => {
    for (let people = 2; people <= 200; people++) {
      const rings = Map.groupBy(kringSeats({ people, you: true }), (seat) => seat.key.split('-')[0])
      for (const seats of rings.values()) {
        for (const seat of seats) expect(spanOf(seat)).toBeLessThan(360 / seats.length)
      }
    }
  })
})

/** The angle a seat takes, round ends included. */
function spanOf({ path, width }: { path: string; width: number }): number {
  const [x1 = 0, y1 = 0, radius = 1, , , , , x2 = 0, y2 = 0] = (path.match(/[\d.]+/g) ?? []).map(Number)
  const degrees = (half: number) => 2 * Math.asin(half / (2 * radius)) * (180 / Math.PI)
  return degrees(Math.hypot(x2 - x1, y2 - y1)) + degrees(width)
}
