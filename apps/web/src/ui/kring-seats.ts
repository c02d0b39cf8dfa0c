export type SeatState = 'free' | 'filled' | 'you' | 'soft' | 'far'
export interface Seat {
  key: string
  state: SeatState
  path: string
  width: number
}
export interface KringShape {
  people: number
  /** How many seats are taken, from the top, clockwise; all of them when left out. */
  filled?: number | undefined
  /** Whether the last seat of the inner ring is the yellow one. */
  you?: boolean | undefined
}

interface Ring {
  radius: number
  width: number
  full: number
  /** Part of the space between two seats that a seat takes. */
  part: number
}
const rings: Record<number, Ring[]> = {
  1: [{ radius: 36, width: 9, full: 12, part: 0.8 }],
  2: [
    { radius: 28, width: 7, full: 16, part: 0.84 },
    { radius: 40.5, width: 4.4, full: 24, part: 0.72 },
  ],
  3: [
    { radius: 28, width: 4.8, full: 16, part: 0.84 },
    { radius: 37.8, width: 2.6, full: 30, part: 0.66 },
    { radius: 45.2, width: 1.9, full: 74, part: 0.7 },
  ],
  4: [
    { radius: 26, width: 4, full: 16, part: 0.74 },
    { radius: 34.6, width: 3, full: 30, part: 0.72 },
    { radius: 41.7, width: 2.2, full: 48, part: 0.73 },
    { radius: 47, width: 1.5, full: 72, part: 0.74 },
  ],
}

/** The seats around the table for so many people: exact up to 40, then in scaled rings that fade outward (UX 6.2). */
export function kringSeats({ people, filled, you = false }: KringShape): Seat[] {
  const total = Math.max(0, Math.round(people)) + (you ? 1 : 0)
  const shape = rings[ringCount(total)] ?? []
  const counts = seatCounts(total, shape)
  let before = 0
  return shape.flatMap((ring, index) => {
    const count = counts[index] ?? 0
    const seats = Array.from({ length: count }, (_, place): Seat => {
      const isYou = you && index === 0 && place === count - 1
      const state = isYou ? 'you' : stateOf(before + place, index, filled)
      return { key: `${index}-${place}`, state, path: arc(ring, count, place), width: ring.width }
    })
    before += index === 0 && you ? count - 1 : count
    return seats
  })
}

function ringCount(total: number): number {
  if (total <= 13) return 1
  if (total <= 40) return 2
  return total <= 120 ? 3 : 4
}

function seatCounts(total: number, shape: Ring[]): number[] {
  if (shape.length === 1) return [total]
  let left = total
  return shape.map((ring, index) => {
    const isLast = index === shape.length - 1
    const count = isLast && shape.length < 4 ? left : Math.min(ring.full, left)
    left -= count
    return Math.min(count, ring.full)
  })
}

function stateOf(place: number, ring: number, filled: number | undefined): SeatState {
  if (filled !== undefined) return place < filled ? 'filled' : 'free'
  if (ring < 2) return 'filled'
  return ring === 2 ? 'soft' : 'far'
}

function arc({ radius, width, full, part }: Ring, count: number, place: number): string {
  const space = 360 / count
  // A few people sit on seats of an ordinary size with room between them, not on a bench.
  const seat = Math.min(space, 360 / (full * 0.66)) * part
  const round = (width / radius) * (180 / Math.PI)
  const half = Math.max(seat - round, 0.6) / 2
  const middle = space * place - 90
  const from = point(radius, middle - half)
  const to = point(radius, middle + half)
  return `M${from}A${radius} ${radius} 0 0 1 ${to}`
}

function point(radius: number, degrees: number): string {
  const angle = (degrees * Math.PI) / 180
  return `${(50 + radius * Math.cos(angle)).toFixed(2)} ${(50 + radius * Math.sin(angle)).toFixed(2)}`
}
