import type { Pace } from './schemas.ts'

/** The house keeps Dutch time, whoever reads. */
export const houseTimeZone = 'Europe/Amsterdam'

type LocalTime = { year: number; month: number; day: number; hour: number; minute: number; second: number }

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: houseTimeZone,
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
})

/**
 * When a notice travels by mail at this pace; null when it never does. `ctx.mail_due` in PostgreSQL says the same.
 * At once: now. Bundled: the next full hour from 8 to 18 on a working day, else 08.30 of the next working morning.
 * Daily: the next 08.30. Weekly: the next Monday 08.30.
 */
export function mailDueAt(pace: Pace, now: Date): Date | null {
  if (pace === 'pause') return null
  if (pace === 'at_once') return now
  const local = localTimeOf(now)
  if (pace === 'bundled') return fullHour(local) ?? nextMorning(local, isWorkingDay)
  return nextMorning(local, pace === 'daily' ? () => true : (weekday) => weekday === 1)
}

const isWorkingDay = (weekday: number) => weekday >= 1 && weekday <= 5

function fullHour(local: LocalTime): Date | null {
  const hour = local.hour + 1
  return isWorkingDay(weekdayOf(local)) && hour >= 8 && hour <= 18
    ? instantOf({ ...local, hour, minute: 0, second: 0 })
    : null
}

/** The first 08.30 after now on a day that fits. */
function nextMorning(local: LocalTime, fits: (weekday: number) => boolean): Date {
  const isPast = local.hour * 60 + local.minute >= 8 * 60 + 30
  let day = { ...local, day: local.day + (isPast ? 1 : 0), hour: 8, minute: 30, second: 0 }
  while (!fits(weekdayOf(day))) day = { ...day, day: day.day + 1 }
  return instantOf(day)
}

const asIfUtc = (local: LocalTime) =>
  Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second)
const weekdayOf = (local: LocalTime) => new Date(asIfUtc(local)).getUTCDay()

function localTimeOf(instant: Date): LocalTime {
  const part = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part
  return { year, month, day, hour, minute, second }
}

/** The instant of a wall-clock time; asked twice, because the first guess may stand on the other side of a clock change. */
function instantOf(local: LocalTime): Date {
  const wanted = asIfUtc(local)
  let guess = wanted
  for (let round = 0; round < 2; round++) guess = wanted - (asIfUtc(localTimeOf(new Date(guess))) - guess)
  return new Date(guess)
}
