const key = 'meedenk.sign-in'

/** A code that is on its way. */
export interface PendingSignIn {
  attemptId: string
  email: string
  expiresAt: string
  /** From when another mail may be asked for. */
  resendAt: number
}

/** The code this tab still waits for; phones throw a tab away while its reader is in the mail. */
export function readPendingSignIn(): PendingSignIn | undefined {
  try {
    const pending: PendingSignIn | null = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    return pending && Date.parse(pending.expiresAt) > Date.now() ? pending : undefined
  } catch {
    return undefined
  }
}

/** Remembers the code that was asked for, or that none is waited for any more. */
export function keepPendingSignIn(pending: PendingSignIn | undefined): void {
  try {
    if (pending) sessionStorage.setItem(key, JSON.stringify(pending))
    else sessionStorage.removeItem(key)
  } catch {
    // Without storage the code still works, as long as the tab stays.
  }
}
