import { OwnProfileView } from '@meedenk/domain/people/schemas'
import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { api } from '../shell/api.ts'

/** The municipality of the reader, when it is wanted and they told us. */
export function useOwnRegion(wanted: () => boolean) {
  const { data } = useQuery({
    key: ['me', 'for-region'],
    query: ({ signal }) => api.get('/me', OwnProfileView, { signal }),
    enabled: wanted,
    refetchOnWindowFocus: false,
  })
  return computed(() => data.value?.regionCode ?? null)
}
