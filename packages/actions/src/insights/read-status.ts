import type { Db } from '@meedenk/db/connection'
import { readPublic } from '@meedenk/db/tenancy'
import { jobLimits, mailLimits, paceOf } from '@meedenk/domain/insights/status'
import { one } from '../context.ts'

type Waiting = { mail: number | null; events: number | null }

const waiting = { name: 'waiting-seconds', text: 'select mail, events from ctx.waiting_seconds()' }

/** Whether the parts that people depend on work, in three words. Without the database nothing works, and that is an answer too. */
export async function readStatus(db: Db, now: Date) {
  const found = await readPublic<Waiting>(db, waiting, []).then(one, () => null)
  return {
    questions: found ? ('ok' as const) : ('down' as const),
    mail: found ? paceOf(found.mail, mailLimits) : ('down' as const),
    jobs: found ? paceOf(found.events, jobLimits) : ('down' as const),
    checkedAt: now.toISOString(),
  }
}
