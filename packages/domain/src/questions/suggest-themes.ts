type Theme = { id: string; name: string; keywords: readonly string[] }

const suggestionsMax = 2
/** A stem of this length may be the start of a longer word: "schuld" in "schuldeiser". */
const stemLengthMin = 5
const worthOfName = 3
const worthOfKeyword = 2

/** Lower case without accents, every other sign a single space, and a space at both ends so that words can be found whole. */
function plain(text: string): string {
  const words = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
  return ` ${words.filter(Boolean).join(' ')} `
}

function worthOf(typed: string, term: string, worth: number): number {
  const wanted = plain(term)
  if (wanted.trim() === '') return 0
  if (typed.includes(wanted)) return worth
  const start = wanted.trimEnd()
  return start.length > stemLengthMin && typed.includes(start) ? worth / 2 : 0
}

/** The themes a text is most likely about, best first, at most two; found by their names and keywords. */
export function suggestThemes(text: string, themes: readonly Theme[]): string[] {
  const typed = plain(text)
  return themes
    .map((theme) => {
      const ofName = theme.name
        .split(/\s*[&,/]\s*| en /)
        .reduce((sum, part) => sum + worthOf(typed, part, worthOfName), 0)
      const ofKeywords = theme.keywords.reduce((sum, keyword) => sum + worthOf(typed, keyword, worthOfKeyword), 0)
      return { id: theme.id, worth: ofName + ofKeywords }
    })
    .filter((theme) => theme.worth >= 1)
    .sort((a, b) => b.worth - a.worth)
    .slice(0, suggestionsMax)
    .map((theme) => theme.id)
}
