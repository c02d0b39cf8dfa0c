import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { forgetDrafts, leaveDraft, useDraft } from './draft.ts'

let kept: Record<string, string>
let server: { content: object; savedAt: string } | undefined
let sent: { method: string | undefined; body: unknown }[]
const empty = { title: '', body: '' }
const settle = () => vi.advanceTimersByTimeAsync(1100)

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-21T14:00:00Z') })
  kept = {}
  server = undefined
  sent = []
  // Object.keys(localStorage) lists the keys in a browser, so the stand-in keeps them on itself.
  const storage = new Proxy(kept, {
    get: (all, name) =>
      name === 'getItem'
        ? (key: string) => all[key] ?? null
        : name === 'setItem'
          ? (key: string, value: string) => {
              all[key] = value
            }
          : (key: string) => delete all[key],
  })
  vi.stubGlobal('localStorage', storage)
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('document', { documentElement: { lang: 'nl' }, getElementById: () => null })
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    sent.push({ method: init.method, body: init.body && JSON.parse(String(init.body)) })
    if (init.method !== 'GET') return new Response(null, { status: 204 })
    return Response.json(server ? { key: 'ask', ...server } : null)
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a draft', () => {
  it('is kept after a second of rest and comes back on the next visit', async () => {
    const first = useDraft('ask', empty)
    first.content.value.title = 'Hoe begin ik?'
    await nextTick()
    expect(useDraft('ask', empty).restored.value).toBe(false)
    await settle()

    const second = useDraft('ask', empty)

    expect(second.content.value).toEqual({ title: 'Hoe begin ik?', body: '' })
    expect(second.restored.value).toBe(true)
  })

  it('is kept at once when the page is left', async () => {
    const scope = effectScope()
    const draft = scope.run(() => useDraft('ask', empty))
    if (draft) draft.content.value.body = 'Halve zin'
    await nextTick()
    scope.stop()

    expect(useDraft('ask', empty).content.value.body).toBe('Halve zin')
  })

  it('takes over what another page left for it', () => {
    leaveDraft('ask', { title: 'Van de voorkant' })

    expect(useDraft('ask', empty).content.value).toEqual({ title: 'Van de voorkant', body: '' })
  })

  it('is gone everywhere once it is cleared', async () => {
    const draft = useDraft('ask', empty, { onServer: () => true })
    draft.content.value.title = 'Klaar'
    await nextTick()
    await settle()
    await draft.clear()
    await settle()

    expect(kept).toEqual({})
    expect(sent.map((one) => one.method)).toEqual(['GET', 'PUT', 'DELETE'])
  })

  it('gives way to a newer one on the server, and not to an older one', async () => {
    leaveDraft('ask', { title: 'Van dit apparaat' })
    server = { content: { title: 'Van de telefoon' }, savedAt: '2026-11-21T15:00:00Z' }
    const newer = useDraft('ask', empty, { onServer: () => true })
    await settle()
    server = { content: { title: 'Van gisteren' }, savedAt: '2026-11-20T15:00:00Z' }
    const older = useDraft('ask', empty, { onServer: () => true })
    await settle()

    expect(newer.content.value.title).toBe('Van de telefoon')
    expect(older.content.value.title).toBe('Van dit apparaat')
  })

  it('looks at the server as soon as it is known who is here', async () => {
    const signedIn = ref(false)
    server = { content: { title: 'Van de telefoon' }, savedAt: '2026-11-21T15:00:00Z' }
    const draft = useDraft('ask', empty, { onServer: () => signedIn.value })
    await settle()
    expect(draft.content.value.title).toBe('')
    signedIn.value = true
    await settle()

    expect(draft.content.value.title).toBe('Van de telefoon')
  })

  it('does not stay behind for the next person', () => {
    leaveDraft('ask', { title: 'Van mij' })
    kept['meedenk.color-mode'] = 'dark'
    forgetDrafts()

    expect(Object.keys(kept)).toEqual(['meedenk.color-mode'])
  })
})
