import type { Onboard, RoleKind } from '@meedenk/domain/people/schemas'
import { reactive, ref } from 'vue'
import type { output } from 'zod'
import { api } from '../shell/api.ts'
import { useSession } from '../shell/session.ts'

type Part = output<typeof Onboard>
const key = 'meedenk.welcome'
export const welcomeSteps = 3

/** Getting acquainted in three screens. What does not reach the server waits on this device and goes along next time. */
export function useWelcome() {
  const session = useSession()
  const step = ref(1)
  const isKeptHere = ref(false)
  const choices = reactive({
    name: session.person?.onboarded ? session.person.name : '',
    roleKind: session.person?.roleKind ?? (undefined as RoleKind | undefined),
    agreed: false,
    expertises: [] as string[],
    interests: [] as string[],
    regionCode: null as string | null,
  })

  async function send(part: Part): Promise<void> {
    const all = { ...readKept(), ...part }
    if (Object.keys(all).length === 0) return
    try {
      await api.put('/me/onboarding', all)
      localStorage.removeItem(key)
      isKeptHere.value = false
      await session.load()
    } catch {
      // Nobody should be held up at the door; the next screen, or the next visit, tries again.
      localStorage.setItem(key, JSON.stringify(all))
      isKeptHere.value = true
    }
  }

  function answersOf(screen: number): Part {
    if (screen === 1) {
      const { name, roleKind, agreed } = choices
      return {
        ...(name.trim() ? { name: name.trim().slice(0, 60) } : {}),
        ...(roleKind ? { roleKind } : {}),
        ...(agreed ? { agreed } : {}),
      }
    }
    const { expertises, interests, regionCode } = choices
    return {
      ...(expertises.length ? { expertises: expertises.map((themeId) => ({ themeId, level: 'some' as const })) } : {}),
      ...(interests.length ? { interests } : {}),
      ...(regionCode ? { regionCode } : {}),
    }
  }

  /** To the next screen, with or without what was filled in here. The last one is only for reading, so that ends it. */
  async function goOn(withAnswers: boolean): Promise<void> {
    const isLast = step.value === welcomeSteps - 1
    await send({ ...(withAnswers ? answersOf(step.value) : {}), ...(isLast ? { done: true } : {}) })
    step.value += 1
  }
  function goBack(): void {
    step.value -= 1
  }

  return { step, choices, isKeptHere, goOn, goBack }
}

function readKept(): Part {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}')
  } catch {
    return {}
  }
}
