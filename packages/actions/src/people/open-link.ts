import { signInAttempts } from '@meedenk/db/schema'
import { atTheDoor } from '@meedenk/db/tenancy'
import { ProductError } from '@meedenk/domain/errors'
import { eq } from 'drizzle-orm'
import { unseal } from '../seal.ts'
import { type Limit, throttle } from '../throttle.ts'
import { type CameIn, comeIn, isSameBrowser, whyNotUsable, wrongCodesMax } from './enter-code.ts'
import { sha256 } from './sign-in-secrets.ts'
import { type DoorContext, whoIsAtTheDoor } from './start-session.ts'

const perNetwork: Limit = { name: 'sign-in-link', free: 100, baseSeconds: 1, mostSeconds: 30, windowSeconds: 600 }

/** Signs in with the link of the mail; in another browser it uses nothing up and gives the code to type in the first. */
export async function openLink(
  context: DoorContext,
  token: string,
  browser: string | undefined,
): Promise<CameIn | { code: string }> {
  const { db, now, secret, network } = context
  await throttle(db, now, [[perNetwork, network]])
  return atTheDoor(db, whoIsAtTheDoor(context), async (tx) => {
    const [attempt] = await tx
      .select()
      .from(signInAttempts)
      .where(eq(signInAttempts.linkHash, sha256(token)))
      .for('update')
    const refusal = whyNotUsable(attempt, now)
    if (!attempt || refusal) throw new ProductError(refusal ?? 'code_expired')
    if (isSameBrowser(attempt, browser)) return comeIn(tx, context, attempt)
    // Five wrong codes killed the code, so it is no use to show it.
    if (attempt.wrongCodes >= wrongCodesMax) throw new ProductError('code_expired')
    return { code: unseal(secret, attempt.codeSealed) }
  })
}
