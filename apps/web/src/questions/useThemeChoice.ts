import { onScopeDispose, ref, watch } from 'vue'

const suggestedMost = 2
const stillMs = 1500
const reactionMs = 400

/** The ticked themes: suggested by the text until somebody chooses, and from then on by that person alone. */
export function useThemeChoice(
  values: { themeIds: string[] },
  suggested: () => string[],
  themes: () => readonly { id: string }[],
) {
  // Whoever came back to ticks of their own keeps them, whatever the text suggests.
  let isByHand = values.themeIds.length > 0
  const picked = ref<string[]>([])
  const leading = ref<string[]>([])
  const isNear = ref(false)
  const changedAt = new Map<string, number>()
  let stillTimer: ReturnType<typeof setTimeout> | undefined
  const isTicked = (id: string) => values.themeIds.includes(id)

  function suggest(): void {
    if (isNear.value) return
    leading.value = suggested()
    if (isByHand) return
    const known = new Set(themes().map(({ id }) => id))
    const next = suggested()
      .filter((id) => known.has(id))
      .slice(0, suggestedMost)
    for (const id of [...next, ...picked.value]) {
      if (next.includes(id) !== picked.value.includes(id)) changedAt.set(id, performance.now())
    }
    picked.value = next
    values.themeIds = [...next]
  }
  watch([suggested, themes, isNear], suggest, { immediate: true })
  // A draft that comes from another device holds choices too.
  watch(
    () => values.themeIds.join(),
    (ids) => {
      if (ids !== picked.value.join()) isByHand = true
    },
    { flush: 'sync' },
  )

  /** Somebody moves among the themes, so nothing may change there until they have been still for a moment. */
  function keepStill(): void {
    isNear.value = true
    clearTimeout(stillTimer)
    stillTimer = setTimeout(() => {
      isNear.value = false
    }, stillMs)
  }
  onScopeDispose(() => clearTimeout(stillTimer))

  /** What somebody clicked; answers with what it became. */
  function tick(id: string, wanted: boolean): boolean {
    // Faster than anybody can see, a click was meant for the box as it was before the text changed it.
    const wasSurprised = performance.now() - (changedAt.get(id) ?? Number.NEGATIVE_INFINITY) < reactionMs
    const on = wasSurprised ? isTicked(id) : wanted
    isByHand = true
    picked.value = []
    const others = values.themeIds.filter((one) => one !== id)
    if (on !== isTicked(id)) values.themeIds = on ? [...others, id] : others
    return on
  }

  return { picked, leading, isTicked, tick, keepStill }
}
