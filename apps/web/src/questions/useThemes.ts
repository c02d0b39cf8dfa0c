import { RegionList, ThemeList } from '@meedenk/domain/themes/schemas'
import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { api } from '../shell/api.ts'

const hourMs = 3_600_000

/** All themes; they hardly ever change. */
export function useThemes() {
  const { data, isPending } = useQuery({
    key: ['themes'],
    query: ({ signal }) => api.get('/themes', ThemeList, { signal }),
    staleTime: hourMs,
  })
  return { themes: computed(() => data.value?.items ?? []), isPending }
}

/** All municipalities, when they are wanted. */
export function useRegions(wanted: () => boolean = () => true) {
  const { data } = useQuery({
    key: ['regions'],
    query: ({ signal }) => api.get('/regions', RegionList, { signal }),
    staleTime: hourMs,
    enabled: wanted,
  })
  return computed(() => data.value?.items ?? [])
}
