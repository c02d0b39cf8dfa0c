import { ProductError } from '@meedenk/domain/errors'

export type Place = { at: string; id: string }

const shape =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d))\|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** The opaque cursor of a row: its moment and id. */
export const cursorOf = ({ at, id }: Place): string => Buffer.from(`${at}|${id}`).toString('base64url')

/** Where a page starts; without a cursor at the top. */
export function placeOf(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null
  const [, at, id] = shape.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  if (at === undefined || id === undefined || Number.isNaN(Date.parse(at))) throw new ProductError('invalid_cursor')
  return { at, id }
}

/** A page as JSON from rows that carry their own JSON; one row more than the limit means that there is a next page. */
export function pageJson(rows: (Place & { json: string })[], limit: number): string {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const next = rows.length > limit && last ? JSON.stringify(cursorOf(last)) : 'null'
  return `{"items":[${items.map((row) => row.json).join(',')}],"next":${next}}`
}
