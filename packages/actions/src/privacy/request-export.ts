import { actAs } from '@meedenk/db/tenancy'
import { ProductError } from '@meedenk/domain/errors'
import { type ExportFile, type ExportList, type ExportView, exportDays } from '@meedenk/domain/privacy/schemas'
import { type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { asPerson, type Context, one, record } from '../context.ts'

const view = sql`json_build_object('id', e.id, 'requestedAt', e.requested_at, 'readyAt', e.ready_at, 'expiresAt', e.expires_at,
  'bytes', case when e.ready_at is not null then json_build_object('page', octet_length(e.page), 'data', octet_length(e.data)) end)`
/** One that is not ready after an hour failed; it stands in nobody's way. */
const alive = (now: Date): SQL => sql`e.expires_at > ${now.toISOString()}::timestamptz
  and (e.ready_at is not null or e.requested_at > ${now.toISOString()}::timestamptz - interval '1 hour')`

/** Asks for everything the house knows of oneself; a job makes it. One at a time. */
export function requestExport(context: Context): Promise<ExportView> {
  const { db, actor, now } = asPerson(context)
  return actAs(db, actor, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`export:${actor.personId}`}, 0))`)
    const running = await tx.execute(sql`
      select 1 from exports e where e.person_id = ${actor.personId} and e.ready_at is null and ${alive(now)}`)
    if (running.rows.length > 0) throw new ProductError('export_running')
    const expiresAt = new Date(now.getTime() + exportDays * 86_400_000)
    const { rows } = await tx.execute<{ id: string; json: ExportView }>(sql`
      insert into exports as e (person_id, requested_at, expires_at)
      values (${actor.personId}, ${now.toISOString()}::timestamptz, ${expiresAt.toISOString()}::timestamptz)
      returning e.id, ${view} as json`)
    const { id, json } = one(rows)
    await record(tx, context, { type: 'export.requested', subjectId: id })
    return json
  })
}

/** What one may fetch, the newest first. */
export async function readExports(context: Context): Promise<z.output<typeof ExportList>> {
  const { db, actor, now } = asPerson(context)
  const { rows } = await actAs(db, actor, (tx) =>
    tx.execute<{ json: ExportView }>(sql`
      select ${view} as json from exports e where e.person_id = ${actor.personId} and ${alive(now)}
      order by e.requested_at desc, e.id desc limit 20`),
  )
  return { items: rows.map(({ json }) => json), next: null }
}

/** One of the two files of an export of one's own. */
export async function readExportFile(context: Context, id: string, file: ExportFile): Promise<Buffer> {
  const { db, actor, now } = asPerson(context)
  const column = { page: sql`e.page`, data: sql`e.data` }[file]
  const { rows } = await actAs(db, actor, (tx) =>
    tx.execute<{ bytes: Buffer }>(sql`
      select ${column} as bytes from exports e
      where e.id = ${id} and e.person_id = ${actor.personId} and e.ready_at is not null and ${alive(now)}`),
  )
  return one(rows).bytes
}
