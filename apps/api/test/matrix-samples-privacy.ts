import { randomUUID } from 'node:crypto'
import { type Own, own, plain, type Sample, v1 } from './matrix-sample.ts'
import type { ActorName, World } from './matrix-world.ts'

/** Requests of the room privacy. Where only a proof would succeed, matrix-flows.ts gives it. */
export const samplesOfPrivacy: Record<string, Sample> = {
  'GET /api/v1/me/exports': plain('/me/exports'),
  'POST /api/v1/me/exports': plain('/me/exports', undefined, { alone: true }),
  'GET /api/v1/me/exports/:id/:file': {
    objects: own,
    make: async (world, actor, object) => ({
      path: `${v1}/me/exports/${await givenExport(world, actor, object as Own)}/data`,
    }),
  },
  'GET /api/v1/me/departure': plain('/me/departure'),
  'POST /api/v1/me/departure/confirmations': plain('/me/departure/confirmations', undefined, { alone: true }),
  'POST /api/v1/me/departure': plain(
    '/me/departure',
    { confirmationId: randomUUID(), code: '123456', contributions: 'erase' },
    { alone: true },
  ),
  'DELETE /api/v1/me/departure': plain('/me/departure', undefined, { alone: true }),
}

/** A finished export of this actor (`own`) or of somebody else, with a canary of its owner. */
async function givenExport({ database, people, sealer }: World, actor: ActorName, whose: Own): Promise<string> {
  if (whose === 'none' || (whose === 'own' && actor === 'visitor')) return randomUUID()
  const isOwn = whose === 'own' && actor !== 'visitor'
  const { rows } = await database.owner.query<{ id: string }>(
    `insert into exports (person_id, requested_at, ready_at, expires_at, page, data)
     values ($1, now(), now(), now() + interval '7 days', $2::text::bytea, $2::text::bytea) returning id`,
    [isOwn ? people[actor].personId : sealer.personId, isOwn ? `KAN-mine${actor}-export` : 'KAN-seal-export'],
  )
  return rows[0]?.id ?? ''
}
