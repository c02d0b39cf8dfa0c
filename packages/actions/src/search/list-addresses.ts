import type { Db } from '@meedenk/db/connection'
import { readPublic } from '@meedenk/db/tenancy'
import { plazaId } from '@meedenk/domain/channels/schemas'

/** Questions per list of addresses: well below the 50,000 that search engines read at once. */
export const addressesPerList = 10_000

export type Address = { number: number; slug: string; changedAt: Date }

const last = {
  name: 'last-address',
  text: `select coalesce(max(number), 0)::int as number from questions where channel_id = '${plazaId}' and hidden_at is null and withdrawn_at is null`,
}
const range = {
  name: 'addresses-in-range',
  text: `select number::int as number, slug, last_activity_at as "changedAt" from questions
    where channel_id = '${plazaId}' and hidden_at is null and withdrawn_at is null and number > $1 and number <= $2 order by number`,
}

/** How many lists there are; a question stays in its list for good, because its number never changes. */
export async function countAddressLists(db: Db): Promise<number> {
  const [row] = await readPublic<{ number: number }>(db, last, [])
  return Math.ceil((row?.number ?? 0) / addressesPerList)
}

/** The questions of one list that everybody may read, by number. */
export function listAddresses(db: Db, list: number): Promise<Address[]> {
  return readPublic<Address>(db, range, [list * addressesPerList, (list + 1) * addressesPerList])
}
