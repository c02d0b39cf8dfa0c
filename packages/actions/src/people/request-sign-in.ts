import { randomInt, randomUUID } from 'node:crypto'
import { signInAttempts } from '@meedenk/db/schema'
import { atTheDoor } from '@meedenk/db/tenancy'
import type { RequestSignIn, SignInRequested } from '@meedenk/domain/people/sign-in-schemas'
import type { z } from 'zod'
import { record } from '../context.ts'
import { seal } from '../seal.ts'
import { type Limit, throttle } from '../throttle.ts'
import { sha256, signInSecrets } from './sign-in-secrets.ts'
import { type DoorContext, whoIsAtTheDoor } from './start-session.ts'

const perAddress: Limit = { name: 'sign-in-mail', free: 5, baseSeconds: 15, mostSeconds: 900, windowSeconds: 3600 }
const perNetwork: Limit = { name: 'sign-in-network', free: 100, baseSeconds: 1, mostSeconds: 30, windowSeconds: 600 }

const minutesValid = 10
const resendAfterSeconds = 20

/**
 * Asks for a mail with a code and a link. Accounts are not looked at here at all, so a known and an unknown address
 * cost the same and get the same answer.
 */
export async function requestSignIn(
  context: DoorContext,
  input: z.output<typeof RequestSignIn>,
  browser: string,
): Promise<z.output<typeof SignInRequested>> {
  const { db, now, secret, network } = context
  await throttle(db, now, [
    [perAddress, input.email],
    [perNetwork, network],
  ])
  const id = randomUUID()
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const { codeHash, linkHash } = signInSecrets(secret, id)
  const expiresAt = new Date(now.getTime() + minutesValid * 60_000)
  await atTheDoor(db, whoIsAtTheDoor(context), async (tx) => {
    await tx.insert(signInAttempts).values({
      id,
      email: input.email,
      codeHash: codeHash(code),
      linkHash,
      codeSealed: seal(secret, code),
      browserHash: sha256(browser),
      locale: input.locale,
      next: input.next ?? null,
      createdAt: now,
      expiresAt,
    })
    await record(tx, context, { type: 'sign_in.requested', subjectId: id })
  })
  return { attemptId: id, expiresAt: expiresAt.toISOString(), resendAfterSeconds }
}
