const lengthMax = 80
// Letters that do not fall apart into a base letter and an accent.
const spelled: Record<string, string> = { ß: 'ss', æ: 'ae', ø: 'o', œ: 'oe', đ: 'd', ł: 'l' }

/** The readable part of a question's address: lower case, hyphens, whole words, never empty. */
export function slugOf(title: string): string {
  const plain = title
    .toLowerCase()
    .replace(/[ßæøœđł]/g, (letter) => spelled[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/['’]/g, '')
  const words = plain.split(/[^a-z0-9]+/).filter(Boolean)
  let slug = ''
  for (const word of words) {
    const longer = slug === '' ? word : `${slug}-${word}`
    if (longer.length > lengthMax) break
    slug = longer
  }
  return slug || (words[0]?.slice(0, lengthMax) ?? 'vraag')
}
