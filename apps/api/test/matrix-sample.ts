import type { TestPerson } from '@meedenk/db/test/factories'
import type { ActorName, World } from './matrix-world.ts'

export type Call = { path: string; body?: unknown; headers?: Record<string, string> }
export type Sample = {
  /** What the address may name; the first is tried by everybody. */
  objects?: readonly string[]
  /** Only these call it; everybody by default. */
  actors?: readonly ActorName[]
  /** The call may end or change the session, so each gets a person of their own. */
  alone?: true
  make(world: World, actor: ActorName, object: string, person: TestPerson | undefined): Call | Promise<Call>
}

export const v1 = '/api/v1'
/** Whose a session or notice is. */
export const own = ['own', 'others', 'none'] as const
export type Own = (typeof own)[number]
/** The version of what was never changed. */
export const first = { 'if-match': '"1"' }

/** The same request for everybody. */
export const plain = (path: string, body?: unknown, more: Partial<Sample> = {}): Sample => ({
  ...more,
  make: () => ({ path: v1 + path, body }),
})

/** What a caller types, so that it may come back. */
export const text = 'KAN-typed-text that is long enough'
