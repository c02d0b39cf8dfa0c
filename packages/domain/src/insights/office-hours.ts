const opens = 9 * 60
const closes = 17 * 60
const dayMs = 86_400_000

/** A calendar day without a time zone, as the moment of its midnight in UTC. */
type Day = number

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** Minutes between two moments that fall in office hours: Monday to Friday 9 to 17 in Amsterdam, public holidays left out. */
export function officeMinutesBetween(from: Date, to: Date): number {
  if (!(to.getTime() > from.getTime())) return 0
  const first = wallTime(from)
  const last = wallTime(to)
  if (first.day === last.day) return Math.floor(isWorkday(first.day) ? overlap(first.minute, last.minute) : 0)
  const firstDay = isWorkday(first.day) ? overlap(first.minute, closes) : 0
  const lastDay = isWorkday(last.day) ? overlap(opens, last.minute) : 0
  return Math.floor(firstDay + lastDay + workdaysBetween(first.day, last.day) * (closes - opens))
}

/** Whether people work in offices on this calendar day; `month` counts from 1. */
export function isOfficeDay(year: number, month: number, day: number): boolean {
  return isWorkday(Date.UTC(year, month - 1, day))
}

/** The days off of a year in the Netherlands, as `YYYY-MM-DD`; 5 May only in years that end in 0 or 5. */
export function holidaysOf(year: number): string[] {
  return [...holidays(year)].sort((a, b) => a - b).map((day) => new Date(day).toISOString().slice(0, 10))
}

// Office hours hold no change of the clock (that is at night), so wall time within a day counts true minutes.
function wallTime(moment: Date): { day: Day; minute: number } {
  const part: Record<string, number> = {}
  for (const { type, value } of clock.formatToParts(moment)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return { day: Date.UTC(year, month - 1, day), minute: hour * 60 + minute + second / 60 }
}

function overlap(start: number, end: number): number {
  return Math.max(0, Math.min(end, closes) - Math.max(start, opens))
}

function workdaysBetween(after: Day, before: Day): number {
  let count = 0
  for (let day = after + dayMs; day < before; day += dayMs) if (isWorkday(day)) count += 1
  return count
}

function isWorkday(day: Day): boolean {
  const date = new Date(day)
  const weekday = date.getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidays(date.getUTCFullYear()).has(day)
}

const known = new Map<number, Set<Day>>()

function holidays(year: number): Set<Day> {
  const found = known.get(year)
  if (found) return found
  const easter = easterSunday(year)
  const days = new Set<Day>([
    Date.UTC(year, 0, 1),
    easter + dayMs,
    kingsDay(year),
    easter + 39 * dayMs,
    easter + 50 * dayMs,
    Date.UTC(year, 11, 25),
    Date.UTC(year, 11, 26),
    ...(year % 5 === 0 ? [Date.UTC(year, 4, 5)] : []),
  ])
  known.set(year, days)
  return days
}

/** 27 April, or the day before when that is a Sunday. */
function kingsDay(year: number): Day {
  const day = Date.UTC(year, 3, 27)
  return new Date(day).getUTCDay() === 0 ? day - dayMs : day
}

/** The Gregorian computus, as published anonymously in Nature in 1876. */
function easterSunday(year: number): Day {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const yearOfCentury = year % 100
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const moon = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - moon - (yearOfCentury % 4)) % 7
  const late = Math.floor((golden + 11 * moon + 22 * weekday) / 451)
  const month = Math.floor((moon + weekday - 7 * late + 114) / 31)
  const day = ((moon + weekday - 7 * late + 114) % 31) + 1
  return Date.UTC(year, month - 1, day)
}
