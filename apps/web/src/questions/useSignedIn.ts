import { asApiError } from '../shell/api-error.ts'
import { useSession } from '../shell/session.ts'
import { askToSignIn } from './sign-in-wish.ts'

/** Runs an act that needs an account, after signing in when that is still to be done; false when the person let go. */
export function useSignedIn() {
  const session = useSession()

  return async function asPerson(act: () => Promise<unknown>, reason: string, email?: string): Promise<boolean> {
    if (!session.person && !(await askToSignIn(reason, email))) return false
    try {
      await act()
    } catch (error) {
      // A session can end while somebody writes; the act then goes on after signing in again.
      if (asApiError(error).status !== 401 || !(await askToSignIn(reason, email))) throw error
      await act()
    }
    return true
  }
}
