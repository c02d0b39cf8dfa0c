import { Suggestions } from '@meedenk/domain/questions/schemas'
import { ref, shallowRef, watch } from 'vue'
import type { output } from 'zod'
import { api } from '../shell/api.ts'

const restMs = 400
const lettersMin = 12
const lettersMax = 300
const shown = 3
export type Similar = output<typeof Suggestions>['items'][number]

/** Earlier questions and themes that fit what is being typed. When it fails nobody notices: it is only help. */
export function useSimilar(text: () => string) {
  const items = shallowRef<Similar[]>([])
  const themes = shallowRef<string[]>([])
  const isFolded = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined

  watch(
    () => text().trim().slice(0, lettersMax),
    (wanted) => {
      clearTimeout(timer)
      running?.abort()
      if (wanted.length < lettersMin) items.value = []
      else timer = setTimeout(() => look(wanted), restMs)
    },
    { immediate: true },
  )
  async function look(wanted: string): Promise<void> {
    const mine = new AbortController()
    running = mine
    const found = await api
      .get(`/questions/suggestions?q=${encodeURIComponent(wanted)}`, Suggestions, { signal: mine.signal })
      .catch(() => undefined)
    if (!found || mine.signal.aborted) return
    items.value = found.items.slice(0, shown)
    themes.value = found.themes
  }

  return { items, themes, isFolded }
}
