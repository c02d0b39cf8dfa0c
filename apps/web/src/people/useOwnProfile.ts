import { type EditProfile, OwnProfileView, type SetExpertises } from '@meedenk/domain/people/schemas'
import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import type { input } from 'zod'
import { api } from '../shell/api.ts'
import { useSession } from '../shell/session.ts'

/** One's own profile to edit; every save hands back the newest version and tells the header. */
export function useOwnProfile() {
  const session = useSession()
  const { data, error, refetch, isPending } = useQuery({
    key: () => ['me', session.person?.id ?? ''],
    query: ({ signal }) => api.get('/me', OwnProfileView, { signal }),
    // Whoever comes back to a form must find what they typed, not what was saved.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const profile = computed(() => data.value)

  async function save(changes: input<typeof EditProfile>): Promise<void> {
    await api.patch('/me', changes, undefined, { ifMatch: `"${profile.value?.version ?? 0}"` })
    await Promise.all([refetch(), session.load()])
  }
  async function saveExpertises(choice: input<typeof SetExpertises>): Promise<void> {
    await api.put('/me/expertises', choice)
    await refetch()
  }

  return { profile, error, isPending, refetch, save, saveExpertises }
}
