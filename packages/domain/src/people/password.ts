/** Shortest password, in characters as people count them. */
export const passwordLengthMin = 12

/** Words that everybody here would think of first. */
const contextWords = [
  'meedenk',
  'meedenken',
  'welkom',
  'welcome',
  'wachtwoord',
  'password',
  'geheim',
  'inloggen',
  'gemeente',
  'sociaaldomein',
  'vakberaad',
  'kennisplein',
  'zomer',
  'herfst',
  'winter',
  'lente',
  'voorjaar',
  'najaar',
  'januari',
  'februari',
  'maart',
  'april',
  'augustus',
  'september',
  'oktober',
  'november',
  'december',
  'maandag',
  'dinsdag',
  'woensdag',
  'donderdag',
  'vrijdag',
  'zaterdag',
  'zondag',
  'amsterdam',
  'rotterdam',
  'utrecht',
  'denhaag',
  'nederland',
]
const rows = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'zyxwvutsrqponmlkjihgfedcba',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'azertyuiop',
  '1qaz2wsx3edc4rfv5tgb',
  'qazwsxedcrfvtgb',
  '1q2w3e4r5t6y7u8i9o0p',
]

const lookalikes: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
  '€': 'e',
}
const plain = (password: string) => password.toLowerCase().replace(/[013457@$!€]/g, (sign) => lookalikes[sign] ?? sign)

/**
 * Why a password will not do, or null. No rules about kinds of characters: length counts, and that it is not what
 * others try first, which is a list of leaked passwords, words of this place, and what is known of the person.
 */
export function passwordProblem(
  password: string,
  own: readonly string[],
  common: ReadonlySet<string>,
): 'password_too_short' | 'password_breached' | null {
  if ([...password].length < passwordLengthMin) return 'password_too_short'
  const lower = password.toLowerCase()
  if (common.has(lower) || isRepeated(lower) || isRow(lower)) return 'password_breached'
  // "Welkom2026!!" is the word welkom, and it is the word that is tried.
  const words = [lower, plain(password)].flatMap((text) => [text, text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')])
  if (words.some((word) => word.length >= 4 && word.length < passwordLengthMin && common.has(word)))
    return 'password_breached'
  const known = [
    ...contextWords,
    ...own.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter((part) => part.length >= 4),
  ]
  return words.some((word) => leavesLittle(word, known)) ? 'password_breached' : null
}

/** Whether one to four signs over and over make the whole. */
function isRepeated(text: string): boolean {
  return [1, 2, 3, 4].some(
    (size) =>
      text ===
      text
        .slice(0, size)
        .repeat(Math.ceil(text.length / size))
        .slice(0, text.length),
  )
}

/** Whether pieces of the keyboard, the alphabet or counting make (nearly) the whole. */
function isRow(text: string): boolean {
  let left = text
  for (let at = 0; at < left.length; ) {
    const run = rows.map((row) => sharedRun(row, left.slice(at))).reduce((most, length) => Math.max(most, length), 0)
    if (run >= 4) left = left.slice(0, at) + left.slice(at + run)
    else at++
  }
  return left.length <= 2
}

function sharedRun(row: string, text: string): number {
  let longest = 0
  for (let start = row.indexOf(text[0] ?? ''); start !== -1; start = row.indexOf(text[0] ?? '', start + 1)) {
    let length = 0
    while (length < text.length && row[start + length] === text[length]) length++
    longest = Math.max(longest, length)
  }
  return longest
}

/** Whether almost nothing is left of a password without the words that are known, digits and signs. */
function leavesLittle(word: string, known: readonly string[]): boolean {
  const longestFirst = known.filter((part) => word.includes(part)).sort((a, b) => b.length - a.length)
  if (longestFirst.length === 0) return false
  const left = longestFirst.reduce((text, part) => text.replaceAll(part, ''), word)
  return left.replace(/[^\p{L}]/gu, '').length < 4
}
