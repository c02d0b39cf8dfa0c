import { SignInRequested } from '@meedenk/domain/people/sign-in-schemas'
import { api } from '../shell/api.ts'
import { locale } from '../shell/i18n.ts'
import type { PendingSignIn } from './pending-sign-in.ts'

/** Asks for a mail with a code and a link; the answer is the same for every address. */
export async function requestCode(email: string, next?: string): Promise<PendingSignIn> {
  const body = { email, locale: locale.value, ...(next ? { next } : {}) }
  const { attemptId, expiresAt, resendAfterSeconds } = await api.post('/sign-in/attempts', body, SignInRequested)
  return { attemptId, email, expiresAt, resendAt: Date.now() + resendAfterSeconds * 1000 }
}
