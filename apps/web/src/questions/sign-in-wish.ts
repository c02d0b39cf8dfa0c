import { shallowRef } from 'vue'

export interface SignInWish {
  /** Why we ask, in a sentence. */
  reason: string
  /** The address that was already typed, so that nobody is asked twice. */
  email: string | undefined
  settle(signedIn: boolean): void
}

/** What SignInGate shows, when something wants to know who is here. */
export const signInWish = shallowRef<SignInWish>()

/** Asks who is here in a layer over the page; resolves to false when the person lets go. */
export function askToSignIn(reason: string, email?: string): Promise<boolean> {
  signInWish.value?.settle(false)
  return new Promise((resolve) => {
    signInWish.value = {
      reason,
      email,
      settle(signedIn) {
        signInWish.value = undefined
        resolve(signedIn)
      },
    }
  })
}
