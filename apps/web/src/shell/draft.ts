import { DraftView } from '@meedenk/domain/questions/schemas'
import { getCurrentScope, onScopeDispose, type Ref, ref, watch } from 'vue'
import { api } from './api.ts'

const prefix = 'meedenk.draft.'
const restMs = 1000

interface Kept<Content> {
  content: Content
  savedAt: string
}
export interface Draft<Content> {
  content: Ref<Content>
  /** When it was last kept, for "Concept bewaard om 14.02 uur". */
  savedAt: Ref<Date | undefined>
  /** True when text of an earlier visit came back. */
  restored: Ref<boolean>
  save(): void
  clear(): Promise<void>
}
export interface DraftOptions {
  /** Also keep it on the server, so that it waits on another device; only when signed in. */
  onServer?: () => boolean
}

/** Keeps what somebody writes on this device, and on the server when signed in; the latest wins. Never for closed rooms. */
export function useDraft<Content extends Record<string, unknown>>(
  key: string,
  empty: Content,
  { onServer = () => false }: DraftOptions = {},
): Draft<Content> {
  const local = readLocal<Content>(key)
  const content = ref({ ...empty, ...local?.content }) as Ref<Content>
  const savedAt = ref(local ? new Date(local.savedAt) : undefined)
  const restored = ref(local !== undefined)
  let timer: ReturnType<typeof setTimeout> | undefined
  let paused = false

  function save(): void {
    clearTimeout(timer)
    timer = undefined
    savedAt.value = new Date()
    writeLocal(key, { content: content.value, savedAt: savedAt.value.toISOString() })
    // A draft that does not reach the server is still here, so nobody is bothered with it.
    if (onServer()) api.put(`/drafts/${key}`, { content: content.value }).catch(() => undefined)
  }
  function saveIfWaiting(): void {
    if (timer !== undefined) save()
  }
  async function clear(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    localStorage.removeItem(prefix + key)
    paused = true
    content.value = { ...empty }
    savedAt.value = undefined
    restored.value = false
    if (onServer()) await api.delete(`/drafts/${key}`).catch(() => undefined)
  }

  watch(
    content,
    () => {
      clearTimeout(timer)
      if (paused) paused = false
      else timer = setTimeout(save, restMs)
    },
    { deep: true },
  )
  addEventListener('focusout', saveIfWaiting)
  addEventListener('pagehide', saveIfWaiting)
  if (getCurrentScope()) {
    onScopeDispose(() => {
      saveIfWaiting()
      removeEventListener('focusout', saveIfWaiting)
      removeEventListener('pagehide', saveIfWaiting)
    })
  }
  // Who is here may only become known after the page is there.
  watch(onServer, (isSignedIn) => isSignedIn && void takeNewerFromServer(), { immediate: true })

  async function takeNewerFromServer(): Promise<void> {
    const kept = await api.get(`/drafts/${key}`, DraftView.nullable()).catch(() => undefined)
    const keptAt = kept && new Date(kept.savedAt)
    // Typing that began in the meantime is newer than whatever the server has.
    if (!kept || !keptAt || timer !== undefined || (savedAt.value && savedAt.value >= keptAt)) return
    paused = true
    content.value = { ...empty, ...kept.content }
    savedAt.value = keptAt
    restored.value = true
  }

  return { content, savedAt, restored, save, clear }
}

/** Puts text ready for a page that will open the draft with this key. */
export function leaveDraft(key: string, content: Record<string, unknown>): void {
  writeLocal(key, { content: { ...readLocal(key)?.content, ...content }, savedAt: new Date().toISOString() })
}

/** Removes all drafts of this device. */
export function forgetDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
}

function readLocal<Content extends Record<string, unknown>>(key: string): Kept<Content> | undefined {
  try {
    const text = localStorage.getItem(prefix + key)
    return text ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

function writeLocal(key: string, kept: Kept<Record<string, unknown>>): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(kept))
  } catch {
    // A full or closed storage must not stop anybody from writing on.
  }
}
