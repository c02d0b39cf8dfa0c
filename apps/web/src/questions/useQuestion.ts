import { QuestionMine, QuestionView } from '@meedenk/domain/questions/schemas'
import { useQuery, useQueryCache } from '@pinia/colada'
import { computed, type InjectionKey, inject, ref, watchEffect } from 'vue'
import { api } from '../shell/api.ts'
import { useSession } from '../shell/session.ts'
import { visitorMine } from './visitor-mine.ts'

/** One question with what its reader may do; `number` is what stands in the address. */
export function useQuestion(number: () => string) {
  const session = useSession()
  const cache = useQueryCache()
  const key = () => ['question', number()]
  const mineKey = () => ['question', number(), 'mine', session.person?.id ?? '']
  const path = () => `/questions/${number()}`

  const view = useQuery({
    key,
    query: ({ signal }) => api.get(path(), QuestionView, { signal }),
    // What somebody reads only changes when they ask for it; the live stream tells that there is news.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const question = computed(() => view.data.value)
  const own = useQuery({
    key: mineKey,
    query: ({ signal }) => api.get(`/questions/${question.value?.id}/mine`, QuestionMine, { signal }),
    enabled: () => session.person !== null && question.value !== undefined,
    refetchOnWindowFocus: false,
  })
  const mine = computed(() => own.data.value ?? visitorMine(question.value))

  // Known once is known: who signs in while writing must not lose the form under their hands.
  const isMineKnown = ref(false)
  watchEffect(() => {
    const isAnswered = session.person === null || own.data.value !== undefined || own.error.value !== null
    if (session.ready && isAnswered) isMineKnown.value = true
  })

  return {
    question,
    mine,
    /** False while a member waits to hear what they may do, so that nothing is offered that is then taken away. */
    isMineKnown,
    error: view.error,
    fetch: () => api.get(path(), QuestionView),
    show: (next: QuestionView) => cache.setQueryData(key(), next),
    showMine: (next: QuestionMine) => cache.setQueryData(mineKey(), next),
    async reload(): Promise<void> {
      // First what one may do: a post that comes into view then has its acts from the start.
      if (session.person && question.value) await own.refetch()
      await view.refetch()
    },
  }
}
export type UsedQuestion = ReturnType<typeof useQuestion>

export const questionKey: InjectionKey<UsedQuestion> = Symbol('question')

/** The question of the page around this part. */
export function useQuestionHere(): UsedQuestion {
  const here = inject(questionKey)
  if (!here) throw new Error('This part stands on the page of a question')
  return here
}
