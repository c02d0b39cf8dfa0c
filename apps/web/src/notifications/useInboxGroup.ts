import { type HandleNotice, InboxPage, type NoticeView } from '@meedenk/domain/notifications/schemas'
import { useInfiniteQuery, useQueryCache } from '@pinia/colada'
import { computed, onBeforeUnmount, shallowRef } from 'vue'
import type { input } from 'zod'
import { api } from '../shell/api.ts'
import { onSignal } from '../shell/live.ts'
import { useSession } from '../shell/session.ts'
import { gatherTopics, type Topic } from './gather-topics.ts'

export type InboxGroup = NoticeView['group']
export type Handling = input<typeof HandleNotice>
const perPage = 20

/** One group of the inbox: its lines, what came in while it was being read, and what is done with them. */
export function useInboxGroup(group: InboxGroup) {
  const session = useSession()
  const cache = useQueryCache()
  const key = ['inbox', session.person?.id ?? '', group]
  const load = (after?: string, signal?: AbortSignal) =>
    api.get(
      `/inbox?group=${group}&limit=${perPage}${after ? `&after=${after}` : ''}`,
      InboxPage,
      signal ? { signal } : {},
    )

  const list = useInfiniteQuery({
    key,
    initialPageParam: undefined as string | undefined,
    query: ({ pageParam, signal }) => load(pageParam, signal),
    getNextPageParam: (last) => last.next,
    // Rows that move while somebody reads are worse than rows of a minute ago.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const notices = computed(() => list.data.value?.pages.flatMap((page) => page.items) ?? [])
  /** Handled here, and not waited for. */
  const gone = shallowRef(new Set<string>())
  const topics = computed(() => gatherTopics(notices.value.filter((one) => !gone.value.has(one.id))))

  const fresh = shallowRef<NoticeView[]>([])
  async function look(): Promise<void> {
    const latest = await load().catch(() => undefined)
    if (!latest) return
    const known = new Set(notices.value.map((one) => one.id))
    fresh.value = latest.items.filter((one) => !known.has(one.id))
  }
  async function showFresh(): Promise<void> {
    await list.refetch()
    fresh.value = []
  }
  const stops = [onSignal('inbox', () => void look()), onSignal('reset', () => void look())]
  onBeforeUnmount(() => {
    for (const stop of stops) stop()
  })

  /** Says what happens to a line; it goes at once, and comes back when the server does not agree. */
  async function handle(topic: Topic, handling: Handling): Promise<void> {
    const ids = topic.notices.map((one) => one.id)
    const leaves = handling.state !== 'seen'
    if (leaves) gone.value = new Set([...gone.value, ...ids])
    try {
      await Promise.all(ids.map((id) => api.patch(`/inbox/${id}`, handling)))
    } catch (error) {
      back(ids)
      throw error
    }
    await session.load()
    // The other groups look anew when they are opened.
    if (leaves) await cache.invalidateQueries({ key: ['inbox'], active: false })
    else await list.refetch()
  }
  async function putBack(topic: Topic): Promise<void> {
    await Promise.all(
      topic.notices.map(({ id, state }) => api.patch(`/inbox/${id}`, { state: state === 'new' ? 'new' : 'seen' })),
    )
    back(topic.notices.map((one) => one.id))
    await Promise.all([session.load(), list.refetch()])
  }
  function back(ids: string[]): void {
    gone.value = new Set([...gone.value].filter((id) => !ids.includes(id)))
  }

  return {
    topics,
    fresh,
    showFresh,
    handle,
    putBack,
    isLoading: computed(() => list.isPending.value && !list.error.value),
    error: list.error,
    reload: list.refetch,
    hasMore: computed(() => (list.data.value?.pages.at(-1)?.next ?? null) !== null),
    more: list.loadNextPage,
  }
}
