import { timingSafeEqual } from 'node:crypto'
import type { Tx } from '@meedenk/db/connection'
import { signInAttempts } from '@meedenk/db/schema'
import { atTheDoor } from '@meedenk/db/tenancy'
import { type ErrorCode, ProductError } from '@meedenk/domain/errors'
import { eq } from 'drizzle-orm'
import { type Limit, throttle } from '../throttle.ts'
import { joinPlaza } from './join-plaza.ts'
import { sha256, signInSecrets } from './sign-in-secrets.ts'
import { type DoorContext, type NewSession, startSession, whoIsAtTheDoor } from './start-session.ts'

const perNetwork: Limit = { name: 'sign-in-code', free: 100, baseSeconds: 1, mostSeconds: 30, windowSeconds: 600 }
export const wrongCodesMax = 5
const resendAfterSeconds = 20

export type Attempt = typeof signInAttempts.$inferSelect
export type CameIn = { session: NewSession; next: string | null; firstTime: boolean }

/** Signs in with the code of the mail, in the browser that asked for it. */
export async function enterCode(
  context: DoorContext,
  attemptId: string,
  code: string,
  browser: string | undefined,
): Promise<CameIn> {
  const { db, now, network, secret } = context
  await throttle(db, now, [[perNetwork, network]])
  const outcome = await atTheDoor(db, whoIsAtTheDoor(context), async (tx) => {
    const [attempt] = await tx.select().from(signInAttempts).where(eq(signInAttempts.id, attemptId)).for('update')
    const refusal = whyNotUsable(attempt, now)
    if (!attempt || refusal) throw new ProductError(refusal ?? 'code_expired')
    if (!isSameBrowser(attempt, browser)) throw new ProductError('other_browser')
    if (attempt.wrongCodes >= wrongCodesMax)
      throw new ProductError('too_many_tries', { retryAfter: resendAfterSeconds })
    if (timingSafeEqual(signInSecrets(secret, attemptId).codeHash(code), attempt.codeHash))
      return comeIn(tx, context, attempt)
    await tx
      .update(signInAttempts)
      .set({ wrongCodes: attempt.wrongCodes + 1 })
      .where(eq(signInAttempts.id, attemptId))
    return { left: wrongCodesMax - attempt.wrongCodes - 1 }
  })
  // Refused only now, because the wrong try must stay counted.
  if ('left' in outcome) throw new ProductError('wrong_code', { left: outcome.left })
  return outcome
}

/** Why this attempt leads nowhere any more. One that never was looks like one that expired. */
export function whyNotUsable(attempt: Attempt | undefined, now: Date): ErrorCode | null {
  if (!attempt) return 'code_expired'
  if (attempt.usedAt) return 'code_used'
  return attempt.expiresAt <= now ? 'code_expired' : null
}

/** Only the browser that asked may come in: who lures somebody into passing on a code gets nothing with it. */
export function isSameBrowser(attempt: Attempt, browser: string | undefined): boolean {
  return browser !== undefined && timingSafeEqual(sha256(browser), attempt.browserHash)
}

/** Uses up the attempt and opens a session for its address. */
export async function comeIn(tx: Tx, context: DoorContext, attempt: Attempt): Promise<CameIn> {
  await tx.update(signInAttempts).set({ usedAt: context.now }).where(eq(signInAttempts.id, attempt.id))
  const { personId, firstTime } = await joinPlaza(tx, context, attempt)
  const session = await startSession(tx, context, { personId, level: 1, method: 'mail', firstTime })
  return { session, next: attempt.next, firstTime }
}
