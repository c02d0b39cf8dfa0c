const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

export type DemoTimes = { askedAt: Date; answerAt(place: number): Date; helpedAt: Date; yieldAt: Date }

/** Hours to a first answer, and from one answer to the next, in the order they are dealt out; the usual case is two to four. */
const firstHours = [0.6, 2.4, 1.2, 3.4, 2.1, 0.9, 2.8, 1.7, 5.5, 2.6, 0.4, 4.2, 3.1, 11, 2.3, 3.6, 1.5, 6.8]
const nextHours = [0.7, 1.9, 3.1, 0.4, 4.4, 1.2, 5.6, 2.5, 0.9, 7.5]
const deal = (list: number[], turn: number) => list[turn % list.length] ?? 1

/** The first hour in which the youngest question with an answer was asked, and the days over which the rest lies. */
const youngestHours = 9
const spreadDays = 41.5

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  weekday: 'short',
  hour: 'numeric',
  hourCycle: 'h23',
})

function here(moment: Date): { weekday: string; hour: number } {
  const found = Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, value]))
  return { weekday: found['weekday'] ?? '', hour: Number(found['hour']) }
}

/** Moves a moment earlier, to a working day and hours in which people ask things. */
function inWorkingTime(moment: Date, turn: number): Date {
  const { weekday, hour: found } = here(moment)
  const daysBack = weekday === 'Sat' ? 1 : weekday === 'Sun' ? 2 : 0
  const wanted = 8 + ((turn * 5) % 9)
  const hoursBack = (found - wanted + 24) % 24
  return new Date(moment.getTime() - daysBack * day - hoursBack * hour - ((turn * 13) % 50) * minute)
}

/** Nobody answers at night; the first of the morning do. */
function byDaylight(moment: Date, turn: number): Date {
  const { hour: found } = here(moment)
  if (found >= 7 && found < 22) return moment
  const hoursOn = (7 - found + 24) % 24
  return new Date(moment.getTime() + hoursOn * hour + ((turn * 7) % 50) * minute)
}

/** When the question at this place (0 is the youngest of `count`) was asked and answered, always the same for the same now. */
export function timesOf(place: number, count: number, now: Date): DemoTimes {
  const ageHours = youngestHours + (place / count) * (spreadDays * 24 - youngestHours)
  const about = new Date(now.getTime() - ageHours * hour)
  // The youngest stays of today, also in a weekend.
  const askedAt = place === 0 && here(about).hour >= 7 && here(about).hour < 22 ? about : inWorkingTime(about, place)
  const answerAt = (answer: number): Date => {
    const hours = Array.from({ length: answer }, (_, i) => deal(nextHours, place * 3 + i)).reduce(
      (sum, next) => sum + next,
      deal(firstHours, place),
    )
    return byDaylight(new Date(askedAt.getTime() + hours * hour), place + answer)
  }
  const later = (days: number) => byDaylight(new Date(askedAt.getTime() + days * day), place)
  return { askedAt, answerAt, helpedAt: later(1.4 + (place % 3) * 0.6), yieldAt: later(5 + (place % 4) * 1.5) }
}
