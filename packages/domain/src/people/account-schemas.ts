import { z } from 'zod'
import { Id, Moment } from '../pages.ts'
import { Email } from './schemas.ts'
import { EnterCode } from './sign-in-schemas.ts'

/** How long the old address may take an account back. */
export const undoHours = 72

export const ChangeEmail = z.strictObject({ email: Email })
/** A code is on its way; the answer is the same for every address. */
export const ConfirmationSent = z
  .object({ confirmationId: Id, expiresAt: Moment, resendAfterSeconds: z.int() })
  .meta({ id: 'ConfirmationSent' })
export const Confirm = z.strictObject({ confirmationId: Id, code: EnterCode.shape.code })
export const UndoEmailChange = z.strictObject({ token: z.string().min(20).max(200) })
