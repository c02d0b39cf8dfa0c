import { measurePromise } from '@meedenk/actions/insights/measure-promise'
import type { Deps } from '../app.ts'

const keptMs = 60_000

/** Measures at most once a minute, however many people ask, also when they ask at the same moment. */
export function rememberPromise({ db, clock }: Pick<Deps, 'db' | 'clock'>): () => Promise<string> {
  let measured: { at: number; json: Promise<string> } | undefined
  return () => {
    const now = clock()
    const age = measured ? now.getTime() - measured.at : Number.NaN
    if (measured && age >= 0 && age < keptMs) return measured.json
    const json = measurePromise(db, now)
    measured = { at: now.getTime(), json }
    // A failed measurement is not kept.
    json.catch(() => (measured = undefined))
    return json
  }
}
