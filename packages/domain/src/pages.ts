import { z } from 'zod'

/** Keyset paging: `after` is the opaque cursor of the last row the reader has. */
export const pageQuery = {
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(50).optional(),
}

/** A page of a list; `next` is null on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() })

/** May this happen now, and if not, why: the same verdict the server gives. */
export const Can = z.union([
  z.object({ allowed: z.literal(true) }),
  z.object({ allowed: z.literal(false), because: z.string() }),
])

export const Moment = z.iso.datetime({ offset: true })
export const Id = z.uuid()
export const Nothing = z.null()

/** Error answer of every route, RFC 9457. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    requestId: z.string(),
    detail: z.string().optional(),
    facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: 'Problem' })
