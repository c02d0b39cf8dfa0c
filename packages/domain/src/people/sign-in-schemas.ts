import { z } from 'zod'
import { Id, Moment } from '../pages.ts'
import { line } from '../text.ts'
import { Email, Locale } from './schemas.ts'

export const RequestSignIn = z.strictObject({
  email: Email,
  locale: Locale.default('nl'),
  /** Where to go afterwards; only a path on our own site. */
  next: z
    .string()
    .max(500)
    .regex(/^\/(?![/\\])[^\\\s\p{C}]*$/u)
    .optional(),
})
export const SignInRequested = z
  .object({ attemptId: Id, expiresAt: Moment, resendAfterSeconds: z.int() })
  .meta({ id: 'SignInRequested' })

export const EnterCode = z.strictObject({
  code: z
    .string()
    .transform((value) => value.replace(/\D/g, ''))
    .pipe(z.string().length(6)),
})
export const OpenLink = z.strictObject({ token: z.string().min(20).max(200) })
/** On another device than the one that asked, the link only shows the code to type there. */
export const LinkOpened = z
  .union([
    z.object({ signedIn: z.literal(true), next: z.string().nullable(), firstTime: z.boolean() }),
    z.object({ signedIn: z.literal(false), code: z.string() }),
  ])
  .meta({ id: 'LinkOpened' })
export const SignedIn = z.object({ next: z.string().nullable(), firstTime: z.boolean() }).meta({ id: 'SignedIn' })

export const Password = z
  .string()
  .min(1)
  .max(1000)
  .transform((value) => value.toWellFormed().normalize('NFKC'))
export const SignInWithPassword = z.strictObject({ email: Email, password: Password })
export const SetPassword = z.strictObject({ password: Password })

/** A WebAuthn answer of the browser; its inside is checked by @simplewebauthn/server. */
export const PasskeyAnswer = z.strictObject({
  challengeId: Id,
  response: z.looseObject({
    id: z
      .string()
      .max(1000)
      .regex(/^[\w-]+$/),
    type: z.literal('public-key'),
  }),
})
export const PasskeyOptions = z
  .object({ challengeId: Id, options: z.looseObject({ challenge: z.string() }) })
  .meta({ id: 'PasskeyOptions' })
export const AddPasskey = PasskeyAnswer.extend({ label: line(1, 60).optional() })
export const PasskeyView = z
  .object({ id: z.string(), label: z.string(), createdAt: Moment, lastUsedAt: Moment.nullable() })
  .meta({ id: 'Passkey' })
export const PasskeyList = z.object({ items: z.array(PasskeyView) }).meta({ id: 'PasskeyList' })

export const TotpStarted = z.object({ secret: z.string(), uri: z.string() }).meta({ id: 'TotpStarted' })
export const TotpCode = z.strictObject({
  code: z
    .string()
    .transform((value) => value.replace(/\s/g, ''))
    .pipe(z.string().min(6).max(40)),
})
export const RecoveryCodes = z.object({ codes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' })

/** Proving oneself again: TOTP or a recovery code, or a passkey, raises the session to level 2. */
export const StepUp = z.union([
  z.strictObject({ method: z.literal('totp'), code: z.string().min(6).max(40) }),
  z.strictObject({ method: z.literal('recovery'), code: z.string().min(6).max(40) }),
  z.strictObject({ method: z.literal('passkey'), challengeId: Id, response: PasskeyAnswer.shape.response }),
])

export const DeviceView = z
  .object({ id: Id, current: z.boolean(), device: z.string(), startedAt: Moment, lastUsedAt: Moment, level: z.int() })
  .meta({ id: 'Device' })
export const DeviceList = z.object({ items: z.array(DeviceView) }).meta({ id: 'DeviceList' })
