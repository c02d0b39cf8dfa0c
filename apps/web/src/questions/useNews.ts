import type { QuestionView } from '@meedenk/domain/questions/schemas'
import { computed, onBeforeUnmount, shallowRef, watch } from 'vue'
import { onSignal, startLive, stopLive } from '../shell/live.ts'
import { useSession } from '../shell/session.ts'
import { mergeQuietly, newPosts } from './news.ts'
import type { UsedQuestion } from './useQuestion.ts'

/** What happened to a question while somebody reads it; it waits until they ask to see it. */
export function useNews({ question, fetch, show }: UsedQuestion) {
  const session = useSession()
  const waiting = shallowRef<QuestionView>()
  const count = computed(() => (question.value && waiting.value ? newPosts(question.value, waiting.value) : 0))

  async function look(): Promise<void> {
    const latest = await fetch().catch(() => undefined)
    if (!latest || !question.value) return
    show(mergeQuietly(question.value, latest))
    waiting.value = latest
  }
  /** Puts the new posts on the page. */
  function take(): string | undefined {
    if (!question.value || !waiting.value) return undefined
    const known = new Set(question.value.answers.map((answer) => answer.id))
    const first = waiting.value.answers.find((answer) => !known.has(answer.id))
    show(waiting.value)
    return first?.id
  }

  const stops = [
    onSignal('question', (signal) => {
      if (signal.questionId === question.value?.id) void look()
    }),
    onSignal('reset', () => void look()),
  ]
  watch(
    [() => question.value?.id, () => session.person?.id],
    ([id]) => {
      if (id) startLive({ question: id })
    },
    { immediate: true },
  )
  onBeforeUnmount(() => {
    for (const stop of stops) stop()
    if (session.person) startLive()
    else stopLive()
  })

  return { count, take }
}
