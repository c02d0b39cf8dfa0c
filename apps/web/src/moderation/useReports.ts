import { type DecideReport, ReportPage, ReportView } from '@meedenk/domain/moderation/schemas'
import { useInfiniteQuery } from '@pinia/colada'
import { computed, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api } from '../shell/api.ts'
import { localePath } from '../shell/locale-path.ts'

/** The queue of reports and the one that is being looked at; both stand in the address. */
export function useReports() {
  const route = useRoute()
  const router = useRouter()
  const showsDecided = computed(() => route.query['decided'] === '1')
  const list = useInfiniteQuery({
    key: () => ['moderation', 'reports', showsDecided.value ? 'decided' : 'open'],
    initialPageParam: undefined as string | undefined,
    query: ({ pageParam, signal }) => {
      const query = new URLSearchParams({
        open: String(!showsDecided.value),
        ...(pageParam ? { after: pageParam } : {}),
      })
      return api.get(`/moderation/reports?${query}`, ReportPage, { signal })
    },
    getNextPageParam: (last) => last.next,
    refetchOnWindowFocus: false,
  })
  /** What was decided here stays in the list, with its decision, until the list is asked for anew. */
  const decided = shallowRef(new Map<string, ReportView>())
  const reports = computed(() =>
    (list.data.value?.pages.flatMap((page) => page.items) ?? []).map((one) => decided.value.get(one.id) ?? one),
  )
  const chosenId = computed(() => (typeof route.query['report'] === 'string' ? route.query['report'] : undefined))
  const chosen = computed(() => reports.value.find((one) => one.id === chosenId.value))

  const queryFor = (id: string | undefined, isDecided = showsDecided.value) => ({
    ...(isDecided ? { decided: '1' } : {}),
    ...(id ? { report: id } : {}),
  })
  async function choose(id: string | undefined): Promise<void> {
    await router.replace(localePath({ name: 'moderation', query: queryFor(id) }))
  }
  async function decide(report: ReportView, decision: DecideReport): Promise<void> {
    const answer = await api.put(`/moderation/reports/${report.id}/decision`, decision, ReportView)
    decided.value = new Map([...decided.value, [report.id, answer]])
  }
  /** The next one that still waits, from where the moderator is. */
  function nextOpen(after: ReportView): ReportView | undefined {
    const at = reports.value.findIndex((one) => one.id === after.id)
    const inOrder = [...reports.value.slice(at + 1), ...reports.value.slice(0, Math.max(at, 0))]
    return inOrder.find((one) => one.decision === null)
  }

  return {
    reports,
    chosen,
    showsDecided,
    queryFor,
    choose,
    decide,
    nextOpen,
    isLoading: computed(() => list.isPending.value && !list.error.value),
    error: list.error,
    reload: list.refetch,
    hasMore: computed(() => (list.data.value?.pages.at(-1)?.next ?? null) !== null),
    more: list.loadNextPage,
  }
}
