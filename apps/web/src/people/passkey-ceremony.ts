import { PasskeyOptions, PasskeyView, SignedIn } from '@meedenk/domain/people/sign-in-schemas'
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { output } from 'zod'
import { api } from '../shell/api.ts'
import { ApiError } from '../shell/api-error.ts'

// Only who uses a passkey loads what talks to it.
const library = () => import('@simplewebauthn/browser')

/** Whether this browser knows passkeys at all. */
export function hasPasskeys(): boolean {
  return typeof window.PublicKeyCredential === 'function'
}

/** Whether this device itself has a finger or face to offer. */
export async function canMakePasskey(): Promise<boolean> {
  return hasPasskeys() && (await (await library()).platformAuthenticatorIsAvailable().catch(() => false))
}

/** Whether the field for the address can offer passkeys by itself. */
export async function canOfferInField(): Promise<boolean> {
  return hasPasskeys() && (await (await library()).browserSupportsWebAuthnAutofill().catch(() => false))
}

/** Signs in with a passkey; undefined when the person let go. In the field it waits until one is chosen there. */
export async function signInWithPasskey(inField = false): Promise<output<typeof SignedIn> | undefined> {
  const { challengeId, options } = await api.post('/sign-in/passkey-options', undefined, PasskeyOptions)
  const response = await answer(options, inField)
  return response && api.post('/sign-in/passkey', { challengeId, response }, SignedIn)
}

/** Proves once more with a passkey who is here; false when the person let go. */
export async function proveWithPasskey(): Promise<boolean> {
  const { challengeId, options } = await api.post('/session/passkey-options', undefined, PasskeyOptions)
  const response = await answer(options, false)
  if (!response) return false
  await api.post('/session/step-up', { method: 'passkey', challengeId, response })
  return true
}

/** Makes a passkey on this device; undefined when the person let go. */
export async function makePasskey(label?: string): Promise<output<typeof PasskeyView> | undefined> {
  const { challengeId, options } = await api.post('/me/passkeys/options', undefined, PasskeyOptions)
  const { startRegistration } = await library()
  const response = await unlessLetGo(() =>
    // The server made these options with the same library; our schema only looks at the challenge.
    startRegistration({ optionsJSON: options as object as PublicKeyCredentialCreationOptionsJSON }),
  )
  return response && api.post('/me/passkeys', { challengeId, response, ...(label ? { label } : {}) }, PasskeyView)
}

/** Stops waiting in the field, so that another ceremony can begin. */
export async function stopOffering(): Promise<void> {
  if (hasPasskeys()) (await library()).WebAuthnAbortService.cancelCeremony()
}

async function answer(options: object, useBrowserAutofill: boolean) {
  const { startAuthentication } = await library()
  return unlessLetGo(() =>
    // The server made these options with the same library; our schema only looks at the challenge.
    startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON, useBrowserAutofill }),
  )
}

const lettingGo = new Set(['NotAllowedError', 'AbortError'])

async function unlessLetGo<Answer>(ceremony: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await ceremony()
  } catch (error) {
    if (error instanceof Error && lettingGo.has(error.name)) return undefined
    throw new ApiError(0, 'passkey_refused')
  }
}
