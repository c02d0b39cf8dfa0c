import { passkeys } from '@meedenk/db/schema'
import { atTheDoor } from '@meedenk/db/tenancy'
import { ProductError } from '@meedenk/domain/errors'
import type { AddPasskey, PasskeyOptions, PasskeyView } from '@meedenk/domain/people/sign-in-schemas'
import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { asPerson, record } from '../context.ts'
import { checkProof } from './check-proof.ts'
import type { DoorContext } from './start-session.ts'
import { keepChallenge, takeChallenge } from './take-challenge.ts'

const passkeysMax = 20
const labelMax = 60
// ES256, EdDSA and RS256: what every authenticator of today can do.
const algorithms = [-7, -8, -257]

/** What the browser needs to make a passkey that can be found without a name and asks for a finger, face or PIN. */
export async function startPasskey(context: DoorContext): Promise<z.output<typeof PasskeyOptions>> {
  const { db, actor } = asPerson(context)
  const { email, name, known } = await atTheDoor(db, actor, async (tx) => {
    await checkProof(tx, { ...context, actor })
    const { rows } = await tx.execute<{
      email: string
      name: string
      known: { id: string; transports: string[] }[]
    }>(sql`
      select a.email::text as email, p.name,
        coalesce((select json_agg(json_build_object('id', k.id, 'transports', k.transports)) from passkeys k where k.person_id = p.id), '[]') as known
      from people p join accounts a on a.person_id = p.id where p.id = ${actor.personId}`)
    const [row] = rows
    if (!row) throw new ProductError('not_found')
    return row
  })
  if (known.length >= passkeysMax) throw new ProductError('passkey_refused')
  const options = await generateRegistrationOptions({
    rpName: 'Meedenk',
    rpID: new URL(context.origin).hostname,
    userName: email,
    userDisplayName: name,
    userID: new Uint8Array(Buffer.from(actor.personId)),
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: known,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return { challengeId: await keepChallenge(context, 'add', options.challenge), options: { ...options } }
}

/** Adds the passkey that the browser made. */
export async function addPasskey(
  context: DoorContext,
  input: z.output<typeof AddPasskey>,
): Promise<z.output<typeof PasskeyView>> {
  const person = asPerson(context)
  const { db, actor, now } = person
  const challenge = await takeChallenge(context, 'add', input.challengeId)
  const { credential } = await verifyNew(context, challenge, input.response)
  const label = (input.label || context.device || 'Passkey').slice(0, labelMax)
  return atTheDoor(db, actor, async (tx) => {
    await checkProof(tx, person)
    const values = {
      id: credential.id,
      personId: actor.personId,
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: credential.transports ?? [],
      label,
      createdAt: now,
    }
    const added = await tx.insert(passkeys).values(values).onConflictDoNothing().returning({ id: passkeys.id })
    if (added.length === 0) throw new ProductError('passkey_refused')
    await record(tx, context, { type: 'passkey.added', subjectId: actor.personId })
    return { id: credential.id, label, createdAt: now.toISOString(), lastUsedAt: null }
  })
}

async function verifyNew(context: DoorContext, challenge: string, response: object) {
  const verified = await verifyRegistrationResponse({
    // Its shape is what this library checks.
    response: response as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: context.origin,
    expectedRPID: new URL(context.origin).hostname,
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch(() => null)
  if (!verified?.verified) throw new ProductError('passkey_refused')
  const { transports } = verified.registrationInfo.credential
  const known = Array.isArray(transports)
    ? transports.filter((name) => typeof name === 'string' && /^[a-z-]{1,30}$/.test(name)).slice(0, 10)
    : []
  return { credential: { ...verified.registrationInfo.credential, transports: known } }
}
