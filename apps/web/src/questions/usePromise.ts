import { PromiseView } from '@meedenk/domain/insights/schemas'
import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { api } from '../shell/api.ts'

const minuteMs = 60_000

/** What was measured of our promise; undefined when there is too little to say anything (UX, rule 3). */
export function usePromise(wanted: () => boolean = () => true) {
  const { data } = useQuery({
    key: ['insights', 'promise'],
    query: ({ signal }) => api.get('/insights/promise', PromiseView, { signal }),
    staleTime: 10 * minuteMs,
    enabled: wanted,
  })
  return computed(() => (data.value && !data.value.tooFew ? data.value : undefined))
}
