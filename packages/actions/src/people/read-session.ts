import type { Db } from '@meedenk/db/connection'
import { actAs, atTheDoor, readPublic } from '@meedenk/db/tenancy'
import type { PersonState, PlatformRole } from '@meedenk/domain/actor'
import type { SessionView } from '@meedenk/domain/people/schemas'
import type { DeviceList, PasskeyList } from '@meedenk/domain/people/sign-in-schemas'
import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { asPerson, type Context } from '../context.ts'

const facts = { name: 'actor-facts', text: 'select platform_role, state from people where id = $1' }
const revoked = { name: 'revoked-since', text: 'select session_id from ctx.revoked_since($1)' }

/** Role and state of a person as they are now; undefined when there is no such person. */
export async function readActorFacts(
  db: Db,
  personId: string,
): Promise<{ platformRole: PlatformRole; state: PersonState } | undefined> {
  const [row] = await readPublic<{ platform_role: PlatformRole; state: PersonState }>(db, facts, [personId])
  return row && { platformRole: row.platform_role, state: row.state }
}

/** Ids of the sessions revoked since a moment. */
export async function revokedSince(db: Db, since: Date): Promise<string[]> {
  const rows = await readPublic<{ session_id: string }>(db, revoked, [since])
  return rows.map((row) => row.session_id)
}

type SessionRow = NonNullable<SessionView['person']> & { unread: number }

/** Who is here, with what the header shows; null when the account is gone. */
export async function readSession(context: Context): Promise<{ person: SessionView['person']; unread: number }> {
  const { db, actor } = asPerson(context)
  // At the door, because passwords and codes are visible nowhere else; only whether there are any leaves.
  const { rows } = await atTheDoor(db, actor, (tx) =>
    tx.execute<SessionRow>(sql`
      select p.id, p.handle, p.name, p.portrait, p.role_kind as "roleKind", c.region, p.platform_role as "platformRole", p.state,
        p.onboarded_at is not null as onboarded, p.locale, a.email::text as email,
        exists (select from passkeys k where k.person_id = p.id) as "hasPasskey",
        exists (select from passwords w where w.person_id = p.id) as "hasPassword",
        exists (select from totp_secrets t where t.person_id = p.id and t.confirmed_at is not null) as "hasTotp",
        (select count(*)::int from notices n where n.person_id = p.id and n.state = 'new') as unread
      from people p join accounts a on a.person_id = p.id join person_cards c on c.id = p.id
      where p.id = ${actor.personId}`),
  )
  const [row] = rows
  if (!row) return { person: null, unread: 0 }
  const { unread, ...person } = row
  return { person, unread }
}

/** The live sessions of this person, the last used first. */
export async function readDevices(context: Context): Promise<z.output<typeof DeviceList>> {
  const { db, actor, now } = asPerson(context)
  const { rows } = await actAs(db, actor, (tx) =>
    tx.execute<{ list: z.output<typeof DeviceList> }>(sql`
      select json_build_object('items', coalesce(json_agg(json_build_object('id', id, 'current', id = ${actor.sessionId}::uuid,
        'device', device, 'startedAt', started_at, 'lastUsedAt', last_used_at, 'level', level) order by last_used_at desc, id), '[]')) as list
      from sessions where person_id = ${actor.personId} and revoked_at is null and expires_at > ${now.toISOString()}::timestamptz`),
  )
  return rows[0]?.list ?? { items: [] }
}

/** The passkeys of this person, the oldest first. */
export async function readPasskeys(context: Context): Promise<z.output<typeof PasskeyList>> {
  const { db, actor } = asPerson(context)
  const { rows } = await actAs(db, actor, (tx) =>
    tx.execute<{ list: z.output<typeof PasskeyList> }>(sql`
      select json_build_object('items', coalesce(json_agg(json_build_object('id', id, 'label', label, 'createdAt', created_at,
        'lastUsedAt', last_used_at) order by created_at, id), '[]')) as list
      from passkeys where person_id = ${actor.personId}`),
  )
  return rows[0]?.list ?? { items: [] }
}
