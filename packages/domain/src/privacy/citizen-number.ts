const digitRuns = /\d+(?:[ .]\d+)*/g
const notDigits = /\D/g

/** The eleven test of a Dutch citizen number (BSN): weights 9 to 2, and -1 for the last digit. */
function passesElevenTest(digits: string): boolean {
  if (/^0+$/.test(digits)) return false
  let sum = -Number(digits[8])
  for (let place = 0; place < 8; place++) sum += Number(digits[place]) * (9 - place)
  return sum % 11 === 0
}

/** Whether a text holds a citizen number: nine digits that pass the eleven test, alone or parted by single dots or spaces. */
export function hasCitizenNumber(text: string): boolean {
  for (const [run] of text.matchAll(digitRuns)) {
    const groups = run.split(/[ .]/)
    // Only a run of exactly nine digits counts as parted, or every telephone number and date would be suspect.
    const parted = run.replace(notDigits, '')
    if (parted.length === 9 && passesElevenTest(parted)) return true
    if (groups.some((group) => group.length === 9 && passesElevenTest(group))) return true
  }
  return false
}
