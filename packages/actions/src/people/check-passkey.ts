import { passkeys } from '@meedenk/db/schema'
import { atTheDoor } from '@meedenk/db/tenancy'
import { ProductError } from '@meedenk/domain/errors'
import type { PasskeyAnswer, PasskeyOptions } from '@meedenk/domain/people/sign-in-schemas'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server'
import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { type DoorContext, whoIsAtTheDoor } from './start-session.ts'
import { keepChallenge, takeChallenge } from './take-challenge.ts'

/** What the browser needs to offer the passkeys it has for this place, without a name first. */
export async function askForPasskey(
  context: DoorContext,
  purpose: 'sign_in' | 'step_up',
): Promise<z.output<typeof PasskeyOptions>> {
  const options = await generateAuthenticationOptions({
    rpID: new URL(context.origin).hostname,
    userVerification: 'required',
  })
  return { challengeId: await keepChallenge(context, purpose, options.challenge), options: { ...options } }
}

/** Whose passkey answered this challenge; every doubt is the same refusal. */
export async function checkPasskey(
  context: DoorContext,
  purpose: 'sign_in' | 'step_up',
  answer: z.output<typeof PasskeyAnswer>,
): Promise<string> {
  const { db, now, origin } = context
  const challenge = await takeChallenge(context, purpose, answer.challengeId)
  const who = whoIsAtTheDoor(context)
  const [passkey] = await atTheDoor(db, who, (tx) =>
    tx.select().from(passkeys).where(eq(passkeys.id, answer.response.id)),
  )
  if (!passkey) throw new ProductError('passkey_refused')
  const verified = await verifyAuthenticationResponse({
    // Its shape is what this library checks.
    response: answer.response as object as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: new URL(origin).hostname,
    requireUserVerification: true,
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: passkey.counter,
      transports: passkey.transports,
    },
  }).catch(() => null)
  if (!verified?.verified || !namesOwner(answer.response, passkey.personId)) throw new ProductError('passkey_refused')
  await atTheDoor(db, who, (tx) =>
    tx
      .update(passkeys)
      .set({ counter: verified.authenticationInfo.newCounter, lastUsedAt: now })
      .where(eq(passkeys.id, passkey.id)),
  )
  return passkey.personId
}

/** A discoverable passkey says whose it is; it must be the owner we know. */
function namesOwner(response: Record<string, unknown>, personId: string): boolean {
  const inner = response['response']
  const handle = inner && typeof inner === 'object' && 'userHandle' in inner ? inner.userHandle : undefined
  return handle === undefined || handle === null || handle === Buffer.from(personId).toString('base64url')
}
