import { PromiseView } from '@meedenk/domain/insights/schemas'
import { InboxPage } from '@meedenk/domain/notifications/schemas'
import { QuestionPage } from '@meedenk/domain/questions/schemas'
import { ThemeList } from '@meedenk/domain/themes/schemas'
import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { api } from '../shell/api.ts'
import { useSession } from '../shell/session.ts'

const themesShown = 4

/** What the home page shows; each part fails by itself, and then simply is not there. */
export function useHome() {
  const session = useSession()
  const promise = useQuery({
    key: ['home', 'promise'],
    query: ({ signal }) => api.get('/insights/promise', PromiseView, { signal }),
  })
  const waiting = useQuery({
    key: ['home', 'waiting'],
    query: ({ signal }) => api.get('/questions?state=waiting&limit=3', QuestionPage, { signal }),
  })
  const learned = useQuery({
    key: ['home', 'learned'],
    query: ({ signal }) => api.get('/questions?state=learned&limit=4', QuestionPage, { signal }),
  })
  const themes = useQuery({
    key: ['home', 'themes'],
    query: ({ signal }) => api.get('/themes', ThemeList, { signal }),
  })
  const forYou = useQuery({
    key: () => ['home', 'for-you', session.person?.id ?? ''],
    query: ({ signal }) => api.get('/inbox?kind=question_routed&limit=5', InboxPage, { signal }),
    enabled: () => session.person !== null,
  })

  const stories = computed(() => learned.data.value?.items.filter((row) => row.yield !== null) ?? [])
  const busiestThemes = computed(() =>
    [...(themes.data.value?.items ?? [])]
      .sort((a, b) => b.questions - a.questions || b.experts - a.experts)
      .slice(0, themesShown),
  )
  const forYouRows = computed(() => forYou.data.value?.items.filter((notice) => notice.question !== null) ?? [])
  const isLoading = computed(() => waiting.isLoading.value || learned.isLoading.value)
  /** The platform has just started: nothing asked, nothing learned. */
  const isNew = computed(() => waiting.data.value?.items.length === 0 && learned.data.value?.items.length === 0)
  const measured = computed(() => (promise.data.value && !promise.data.value.tooFew ? promise.data.value : undefined))

  return {
    session,
    waiting: computed(() => waiting.data.value?.items ?? []),
    stories,
    busiestThemes,
    forYouRows,
    isLoading,
    isNew,
    measured,
  }
}
