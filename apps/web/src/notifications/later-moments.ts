const morningHour = 8
const eveningHour = 19

export const laterChoices = ['tonight', 'tomorrow', 'monday'] as const
export type LaterChoice = (typeof laterChoices)[number]

/** When something that was put off comes back, by the clock of the reader. */
export function laterMoment(choice: LaterChoice, now = new Date()): Date {
  const then = new Date(now)
  then.setHours(choice === 'tonight' ? eveningHour : morningHour, 0, 0, 0)
  if (choice === 'tomorrow') then.setDate(then.getDate() + 1)
  // From Monday to Sunday, the next Monday is one to seven days away.
  if (choice === 'monday') then.setDate(then.getDate() + ((8 - then.getDay()) % 7 || 7))
  return then
}

/** What can still be chosen: in the evening tonight has passed, and on Sunday tomorrow is Monday. */
export function laterOptions(now = new Date()): LaterChoice[] {
  return laterChoices.filter((choice) => {
    if (choice === 'tonight') return now.getHours() < eveningHour - 1
    return choice !== 'tomorrow' || now.getDay() !== 0
  })
}
