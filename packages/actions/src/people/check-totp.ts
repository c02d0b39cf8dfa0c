import type { Tx } from '@meedenk/db/connection'
import { totpSecrets } from '@meedenk/db/schema'
import { and, eq, isNull, lt, or } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { unseal } from '../seal.ts'

const period = 30

/** The clock of codes that a secret gives; the label is what the app on the phone shows. */
export function totpOf(secret: Secret, label: string): TOTP {
  return new TOTP({ issuer: 'Meedenk', label, algorithm: 'SHA1', digits: 6, period, secret })
}

/** Which moments this code fits, in steps of half a minute; one step early or late is a clock that differs. */
function stepOf(secret: Secret, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const delta = totpOf(secret, '').validate({ token: code, timestamp: now.getTime(), window: 1 })
  return delta === null ? null : Math.floor(now.getTime() / 1000 / period) + delta
}

/** Whether this is a code of this person's app that was not used before; uses it up. */
export async function checkTotp(
  tx: Tx,
  houseSecret: string,
  personId: string,
  code: string,
  now: Date,
): Promise<boolean> {
  const [row] = await tx.select().from(totpSecrets).where(eq(totpSecrets.personId, personId))
  if (!row) return false
  const step = stepOf(Secret.fromBase32(unseal(houseSecret, row.secretSealed)), code, now)
  if (step === null) return false
  const used = await tx
    .update(totpSecrets)
    .set({ lastStep: step })
    .where(and(eq(totpSecrets.personId, personId), or(isNull(totpSecrets.lastStep), lt(totpSecrets.lastStep, step))))
    .returning({ personId: totpSecrets.personId })
  return used.length > 0
}
