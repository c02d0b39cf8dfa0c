import { SessionView } from '@meedenk/domain/people/schemas'
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api } from './api.ts'
import { forgetDrafts } from './draft.ts'
import { onSessionEnded } from './refresh-session.ts'

// Says only that somebody was signed in here, so that a member's page does not first flash as a visitor's.
const hintKey = 'meedenk.member'

/** Who is here. The only store: everything else belongs to a page. */
export const useSession = defineStore('session', () => {
  const view = ref<SessionView>()
  const ready = ref(false)
  const person = computed(() => view.value?.person ?? null)
  const unread = computed(() => view.value?.unread ?? 0)
  const level = computed(() => view.value?.level ?? 0)
  const isModerator = computed(() => person.value !== null && person.value.platformRole !== 'member')

  let loading: Promise<void> | undefined
  /** Asks who is here; calls at the same time share one request. A server that is away counts as a visitor. */
  function load(): Promise<void> {
    loading ??= api
      .get('/session', SessionView)
      .then(take, () => undefined)
      .finally(() => {
        ready.value = true
        loading = undefined
      })
    return loading
  }

  function take(answer: SessionView | undefined): void {
    view.value = answer
    if (answer?.person) localStorage.setItem(hintKey, '1')
    else localStorage.removeItem(hintKey)
  }

  /** Leaves on this device; drafts of this person do not stay behind. */
  async function signOut(): Promise<void> {
    await api.delete('/session')
    forgetDrafts()
    take(undefined)
  }

  function setUnread(count: number): void {
    if (view.value) view.value = { ...view.value, unread: count }
  }

  onSessionEnded(() => take(undefined))

  return { person, unread, level, isModerator, ready, load, signOut, setUnread }
})

/** Whether somebody was signed in on this device when it was last used. */
export function wasSignedIn(): boolean {
  return localStorage.getItem(hintKey) !== null
}
