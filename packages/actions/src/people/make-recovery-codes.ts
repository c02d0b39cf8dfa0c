import { createHmac, randomBytes } from 'node:crypto'
import type { Tx } from '@meedenk/db/connection'
import { recoveryCodes } from '@meedenk/db/schema'
import { and, eq, isNull } from 'drizzle-orm'
import { keyFor } from '../seal.ts'

const howMany = 10
// Without letters that look like digits; 32 of them, so that each byte gives one without preferring any.
const signs = 'abcdefghijkmnpqrstuvwxyz23456789'
const length = 24

/** Makes ten new codes of 120 bits for a lost phone, instead of the earlier ones; shown this once, kept as hashes. */
export async function makeRecoveryCodes(tx: Tx, houseSecret: string, personId: string): Promise<string[]> {
  const codes = Array.from({ length: howMany }, () => {
    const letters = Array.from(randomBytes(length), (byte) => signs[byte % signs.length]).join('')
    return letters.replace(/(.{4})(?=.)/g, '$1-')
  })
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.personId, personId))
  await tx.insert(recoveryCodes).values(codes.map((code) => ({ personId, hash: hashOf(houseSecret, personId, code) })))
  return codes
}

/** Whether this is an unused recovery code of this person; uses it up. */
export async function takeRecoveryCode(
  tx: Tx,
  houseSecret: string,
  personId: string,
  code: string,
  now: Date,
): Promise<boolean> {
  const hash = hashOf(houseSecret, personId, code)
  const used = await tx
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(and(eq(recoveryCodes.personId, personId), eq(recoveryCodes.hash, hash), isNull(recoveryCodes.usedAt)))
    .returning({ personId: recoveryCodes.personId })
  return used.length > 0
}

function hashOf(houseSecret: string, personId: string, code: string): Buffer {
  const letters = code.toLowerCase().replace(/[^a-z0-9]/g, '')
  return createHmac('sha256', keyFor(houseSecret, 'recovery-code')).update(`${personId}:${letters}`).digest()
}
