import { shallowRef } from 'vue'
import { asApiError } from '../shell/api-error.ts'

/** What StepUpGate shows, when an act needs a fresh proof of who is here. */
export const stepUpWish = shallowRef<{ settle(proven: boolean): void }>()

/** Runs an act, and once more after a proof when the server asks for one. Letting go keeps the refusal. */
export async function withStepUp<Outcome>(act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act()
  } catch (error) {
    if (asApiError(error).code !== 'step_up_required' || !(await askToStepUp())) throw error
    return act()
  }
}

function askToStepUp(): Promise<boolean> {
  stepUpWish.value?.settle(false)
  return new Promise((resolve) => {
    stepUpWish.value = {
      settle(proven) {
        stepUpWish.value = undefined
        resolve(proven)
      },
    }
  })
}
