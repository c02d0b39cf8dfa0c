import { measurePromise } from '@meedenk/actions/insights/measure-promise'
import type { Deps } from '../app.ts'
import { remember } from '../plugins/remember.ts'

/** The promise as the JSON of PromiseView, at most a minute old. */
export const rememberPromise = ({ db, clock }: Pick<Deps, 'db' | 'clock'>): (() => Promise<string>) =>
  remember(60, clock, (now) => measurePromise(db, now))
