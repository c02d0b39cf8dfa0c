import { AudienceView } from '@meedenk/domain/questions/schemas'
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import type { output } from 'zod'
import { announce } from '../shell/announce.ts'
import { api } from '../shell/api.ts'

const restMs = 200
const tellAfterMs = 600
export type Audience = output<typeof AudienceView>
export const bigCircle = 400
export const smallCircle = 5

/** Who would get the question, counted as distinct people while themes are ticked. */
export function useAudience(
  wanted: () => { themeIds: string[]; onlyRegion: string | null },
  reader: () => string | undefined,
) {
  const { t } = useI18n()
  const audience = shallowRef<Audience>()
  const hasFailed = shallowRef(false)
  const people = computed(() =>
    hasFailed.value || wanted().themeIds.length === 0 ? null : (audience.value?.people ?? null),
  )
  let counting: ReturnType<typeof setTimeout> | undefined
  let telling: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined

  watch(
    () => JSON.stringify([wanted(), reader()]),
    () => {
      clearTimeout(counting)
      counting = setTimeout(count, restMs)
    },
    { immediate: true },
  )
  async function count(): Promise<void> {
    running?.abort()
    const mine = new AbortController()
    running = mine
    const asked = wanted()
    try {
      audience.value = await api.post('/questions/audience', asked, AudienceView, { signal: mine.signal })
      hasFailed.value = false
    } catch {
      if (mine.signal.aborted) return
      hasFailed.value = true
    }
    clearTimeout(telling)
    if (people.value !== null)
      telling = setTimeout(() => announce(t('questions.ask.audience.told', people.value ?? 0)), tellAfterMs)
  }
  onScopeDispose(() => {
    clearTimeout(counting)
    clearTimeout(telling)
    running?.abort()
  })

  return { audience, people, hasFailed }
}
