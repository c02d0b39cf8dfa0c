import type { Tx } from '@meedenk/db/connection'
import { actAs, goOnAs } from '@meedenk/db/tenancy'
import type { System } from '@meedenk/domain/actor'
import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '../context.ts'
import { partsOfChannel, partsOfPerson } from './export-parts.ts'

type Value = string | number | boolean | null | string[] | Record<string, unknown> | Record<string, unknown>[]
/** Everything the house knows of one person, part by part; what others wrote is not in it. */
export type Gathered = {
  locale: 'nl' | 'en'
  requestedAt: string
  parts: { name: string; rows: Record<string, Value>[] }[]
}

/** Gathers what somebody takes along, over all channels; null when there is no such request any more. */
export function gatherExport(context: Context<System>, exportId: string): Promise<Gathered | null> {
  const { db, actor } = context
  return actAs(db, { ...actor, job: 'write-export' }, async (tx) => {
    const { rows } = await tx.execute<{ personId: string; locale: 'nl' | 'en'; requestedAt: string }>(sql`
      select e.person_id as "personId", p.locale, e.requested_at as "requestedAt"
      from exports e join people p on p.id = e.person_id where e.id = ${exportId} and e.ready_at is null`)
    const [asked] = rows
    if (!asked) return null
    const gatherer: System = { ...actor, job: 'write-export', personId: asked.personId }
    await goOnAs(tx, gatherer)
    const parts: Gathered['parts'] = []
    for (const [name, part] of Object.entries(partsOfPerson))
      parts.push({ name, rows: await rowsOf(tx, part(asked.personId)) })
    const { rows: channels } = await tx.execute<{ id: string }>(sql`select id from channels order by created_at, id`)
    for (const [name, part] of Object.entries(partsOfChannel)) {
      const all = []
      for (const { id } of channels) {
        await goOnAs(tx, { ...gatherer, channelId: id })
        all.push(...(await rowsOf(tx, part(asked.personId))))
      }
      parts.push({ name, rows: all })
    }
    return { locale: asked.locale, requestedAt: new Date(asked.requestedAt).toISOString(), parts }
  })
}

async function rowsOf(tx: Tx, part: SQL): Promise<Record<string, Value>[]> {
  const { rows } = await tx.execute<{ row: Record<string, Value> }>(
    sql`select row_to_json(part.*) as row from (${part}) as part`,
  )
  return rows.map(({ row }) => row)
}
