/** What a handle is until somebody says their name; random, because a mail address is nobody's business. */
export const newHandle = (random: string) => `lid-${random}`

/** Whether this is still the handle that was given, not chosen. */
export const isGivenHandle = (handle: string) => /^lid-[a-z0-9]{8}$/.test(handle)

/** The handle that a name would have: "Fatima el Amrani" becomes "fatima-el-amrani"; null when too little is left. */
export function handleOf(name: string): string | null {
  const handle = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9 '-]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 36)
    .replace(/^-+|-+$/g, '')
  return handle.length >= 3 ? handle : null
}
