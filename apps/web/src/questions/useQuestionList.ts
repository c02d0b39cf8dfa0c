import { QuestionPage, type QuestionRow } from '@meedenk/domain/questions/schemas'
import { useInfiniteQuery, useQuery } from '@pinia/colada'
import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api } from '../shell/api.ts'
import { localePath } from '../shell/locale-path.ts'
import { useSession } from '../shell/session.ts'
import { filterQuery, listPath, narrowings, type QuestionFilters, readFilters } from './question-filters.ts'

const waitingOnTop = 3
/** From which page a list with this address began, so that the way back shows all that was read. */
const beginnings = new Map<string, string | undefined>()

/** The list of questions that belongs to the address; "more" adds a page and keeps the place. */
export function useQuestionList() {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()

  const filters = computed(() => readFilters(route.query))
  const filterKey = computed(() => JSON.stringify(filterQuery(filters.value)))
  const afterInAddress = () => (typeof route.query['after'] === 'string' ? route.query['after'] : undefined)
  const begin = ref(beginning())
  watch(filterKey, () => {
    begin.value = beginning()
  })
  function beginning(): string | undefined {
    const after = afterInAddress()
    const known = filterKey.value + (after ?? '')
    return beginnings.has(known) ? beginnings.get(known) : after
  }

  const list = useInfiniteQuery({
    key: () => ['questions', session.person?.id ?? '', filterKey.value, begin.value ?? ''],
    initialPageParam: () => begin.value,
    query: ({ pageParam, signal }) => api.get(listPath(filters.value, pageParam), QuestionPage, { signal }),
    getNextPageParam: (last) => last.next,
    enabled: () => session.ready || filters.value.state !== 'saved',
    // Rows that move while somebody reads are worse than rows of a minute ago.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const isPlain = computed(() => filterKey.value === '{}' && begin.value === undefined)
  const waiting = useQuery({
    key: ['questions', 'waiting-on-top'],
    query: ({ signal }) =>
      api.get(`/questions?state=waiting&sort=waiting_longest&limit=${waitingOnTop}`, QuestionPage, { signal }),
    enabled: isPlain,
    refetchOnWindowFocus: false,
  })

  const pages = computed(() => list.data.value?.pages ?? [])
  const onTop = computed<QuestionRow[]>(() => (isPlain.value ? (waiting.data.value?.items ?? []) : []))
  const rows = computed(() => {
    const above = new Set(onTop.value.map((row) => row.id))
    return pages.value.flatMap((page) => page.items).filter((row) => !above.has(row.id))
  })
  const next = computed(() => pages.value.at(-1)?.next ?? null)

  async function more(): Promise<void> {
    const after = next.value
    if (!after || list.asyncStatus.value === 'loading') return
    await list.loadNextPage()
    beginnings.set(filterKey.value + after, begin.value)
    await router.replace(localePath({ name: 'questions', query: filterQuery(filters.value, after) }))
  }
  function choose(change: Partial<QuestionFilters>): void {
    const next = { ...filters.value, ...change }
    // A state brings its own order; whoever chose another order for the last one did not choose it for this one.
    if (change.state) next.sort = readFilters({ state: change.state }).sort
    void router.push(localePath({ name: 'questions', query: filterQuery(next) }))
  }

  return {
    filters,
    narrowed: computed(() => narrowings(filters.value)),
    rows,
    onTop,
    next,
    isFromTheMiddle: computed(() => begin.value !== undefined),
    isLoading: computed(() => list.isPending.value && !list.error.value),
    isLoadingMore: computed(() => list.asyncStatus.value === 'loading' && pages.value.length > 0),
    error: list.error,
    reload: list.refetch,
    more,
    choose,
  }
}
