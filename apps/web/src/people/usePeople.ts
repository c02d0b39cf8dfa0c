import { PeoplePage, roleKinds } from '@meedenk/domain/people/schemas'
import { useInfiniteQuery } from '@pinia/colada'
import { computed } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'
import { api } from '../shell/api.ts'
import { localePath } from '../shell/locale-path.ts'
import { useSession } from '../shell/session.ts'

export interface PeopleFilters {
  q: string
  theme: string | null
  region: string | null
  role: string | null
}

function readFilters(query: LocationQuery): PeopleFilters {
  const text = (name: string, shape: RegExp) => {
    const value = query[name]
    return typeof value === 'string' && shape.test(value) ? value : null
  }
  const role = roleKinds.find((one) => one === query['role'])
  return {
    q: text('q', /^.{1,100}$/s) ?? '',
    theme: text('theme', /^[a-z0-9-]{1,80}$/),
    region: text('region', /^GM\d{4}$/),
    role: role ?? null,
  }
}

const asQuery = (filters: PeopleFilters) =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value)) as Record<string, string>

/** The members who let themselves be found, by what the address asks for. */
export function usePeople() {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()
  const filters = computed(() => readFilters(route.query))

  const list = useInfiniteQuery({
    key: () => ['people', session.person?.id ?? '', JSON.stringify(asQuery(filters.value))],
    initialPageParam: undefined as string | undefined,
    query: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ ...asQuery(filters.value), ...(pageParam ? { after: pageParam } : {}) })
      return api.get(query.size ? `/people?${query}` : '/people', PeoplePage, { signal })
    },
    getNextPageParam: (last) => last.next,
    enabled: () => session.person !== null,
    refetchOnWindowFocus: false,
  })
  const pages = computed(() => list.data.value?.pages ?? [])

  function choose(next: PeopleFilters): void {
    void router.push(localePath({ name: 'people', query: asQuery(next) }))
  }

  return {
    filters,
    people: computed(() => pages.value.flatMap((page) => page.items)),
    hasMore: computed(() => (pages.value.at(-1)?.next ?? null) !== null),
    isFiltered: computed(() => Object.keys(asQuery(filters.value)).length > 0),
    isLoading: computed(() => list.isPending.value && !list.error.value),
    isLoadingMore: computed(() => list.asyncStatus.value === 'loading' && pages.value.length > 0),
    error: list.error,
    reload: list.refetch,
    more: list.loadNextPage,
    choose,
  }
}
