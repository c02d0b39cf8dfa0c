import type { Db } from '@meedenk/db/connection'
import { readPublic } from '@meedenk/db/tenancy'
import type { PersonState, PlatformRole } from '@meedenk/domain/actor'

const facts = { name: 'actor-facts', text: 'select platform_role, state from people where id = $1' }
const revoked = { name: 'revoked-since', text: 'select session_id from ctx.revoked_since($1)' }

/** Role and state of a person as they are now; undefined when there is no such person. */
export async function readActorFacts(db: Db, personId: string): Promise<{ platformRole: PlatformRole; state: PersonState } | undefined> {
  const [row] = await readPublic<{ platform_role: PlatformRole; state: PersonState }>(db, facts, [personId])
  return row && { platformRole: row.platform_role, state: row.state }
}

/** Ids of the sessions revoked since a moment. */
export async function revokedSince(db: Db, since: Date): Promise<string[]> {
  const rows = await readPublic<{ session_id: string }>(db, revoked, [since])
  return rows.map((row) => row.session_id)
}
