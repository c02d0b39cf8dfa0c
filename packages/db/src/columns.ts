import { sql } from 'drizzle-orm'
import { customType, timestamp, uuid } from 'drizzle-orm/pg-core'

export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })
export const citext = customType<{ data: string }>({ dataType: () => 'citext' })
export const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })

/** A moment in UTC. */
export const moment = () => timestamp({ withTimezone: true, mode: 'date' })
/** Ids sort by time, so an index on them is also an index on when. */
export const newId = () => uuid().default(sql`uuidv7()`)
