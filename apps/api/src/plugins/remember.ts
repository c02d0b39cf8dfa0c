import type { Deps } from '../app.ts'

/** Measures at most once in so many seconds, however many people ask, also when they ask at the same moment. */
export function remember(
  seconds: number,
  clock: Deps['clock'],
  measure: (now: Date) => Promise<string>,
): () => Promise<string> {
  let measured: { at: number; json: Promise<string> } | undefined
  return () => {
    const now = clock()
    const age = measured ? now.getTime() - measured.at : Number.NaN
    if (measured && age >= 0 && age < seconds * 1000) return measured.json
    const json = measure(now)
    measured = { at: now.getTime(), json }
    // A failed measurement is not kept.
    json.catch(() => (measured = undefined))
    return json
  }
}
