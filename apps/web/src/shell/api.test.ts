import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { api } from './api.ts'
import { onSessionEnded } from './refresh-session.ts'

const Thing = z.object({ name: z.string() })
const problem = (status: number, code: string, more = {}) =>
  new Response(JSON.stringify({ type: 'about:blank', title: 'No', status, code, requestId: 'r1', ...more }), {
    status,
    headers: { 'content-type': 'application/problem+json', 'retry-after': '30' },
  })
const answer = (body: unknown, headers = {}) => new Response(JSON.stringify(body), { headers })

let calls: { path: string; init: RequestInit }[]
let reply: (path: string) => Response | Promise<Response>
beforeEach(() => {
  calls = []
  const kept = new Map<string, string>()
  vi.stubGlobal('document', { documentElement: { lang: 'nl' }, getElementById: () => null })
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    calls.push({ path, init })
    return Promise.resolve(reply(path))
  })
})
afterEach(() => vi.unstubAllGlobals())

describe('asking the server', () => {
  it('parses the answer and drops what was not agreed', async () => {
    reply = () => answer({ name: 'Noor', secret: 1 })

    expect(await api.get('/things', Thing)).toEqual({ name: 'Noor' })
    expect(calls[0]?.path).toBe('/api/v1/things')
  })

  it('sends what guards and what repeats safely', async () => {
    reply = () => answer({ name: 'Noor' })
    await api.post('/things', { name: 'Noor' }, Thing, { idempotencyKey: 'k1', ifMatch: '"3"' })

    const headers = new Headers(calls[0]?.init.headers)
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-meedenk': '1',
      'content-type': 'application/json',
      'idempotency-key': 'k1',
      'if-match': '"3"',
    })
  })

  it('hands back the tag that an edit needs', async () => {
    reply = () => answer({ name: 'Noor' }, { etag: '"7"' })

    expect(await api.getTagged('/things', Thing)).toEqual({ data: { name: 'Noor' }, etag: '"7"' })
  })

  it('refuses an answer of another shape', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    reply = () => answer({ title: 'x' })

    await expect(api.get('/things', Thing)).rejects.toMatchObject({ code: 'internal_error' })
  })

  it('tells a refusal with its code, fields and patience', async () => {
    reply = () => problem(422, 'invalid_input', { errors: [{ pointer: '/title', code: 'too_small', detail: 'x' }] })

    await expect(api.post('/things', {})).rejects.toMatchObject({
      status: 422,
      code: 'invalid_input',
      requestId: 'r1',
      retryAfter: 30,
      errors: [{ pointer: '/title', code: 'too_small' }],
    })
  })

  it('understands a refusal that a proxy wrote', async () => {
    reply = () => new Response('<html>', { status: 502 })

    await expect(api.get('/things', Thing)).rejects.toMatchObject({ status: 502, code: 'busy' })
  })

  it('calls a missing connection offline', async () => {
    reply = () => Promise.reject(new TypeError('Failed to fetch'))

    await expect(api.get('/things', Thing)).rejects.toMatchObject({ status: 0, code: 'offline' })
  })
})

describe('an expired session', () => {
  it('is prolonged once for all requests at the same time, which then succeed', async () => {
    let fresh = false
    reply = (path) => {
      if (path.endsWith('/session/refresh')) fresh = true
      return fresh ? answer({ name: 'Noor' }) : problem(401, 'session_expired')
    }

    const answers = await Promise.all([api.get('/a', Thing), api.get('/b', Thing), api.get('/c', Thing)])

    expect(answers).toHaveLength(3)
    expect(calls.filter((call) => call.path.endsWith('/session/refresh'))).toHaveLength(1)
  })

  it('ends when the server says no, and the request fails with the reason', async () => {
    const ended = vi.fn()
    onSessionEnded(ended)
    reply = (path) => problem(401, path.endsWith('/session/refresh') ? 'session_revoked' : 'session_expired')

    await expect(api.get('/a', Thing)).rejects.toMatchObject({ code: 'session_expired' })
    expect(ended).toHaveBeenCalledOnce()
  })

  it('does not end when the server is away for a moment', async () => {
    const ended = vi.fn()
    onSessionEnded(ended)
    reply = (path) => (path.endsWith('/session/refresh') ? problem(503, 'busy') : problem(401, 'session_expired'))

    await expect(api.get('/a', Thing)).rejects.toMatchObject({ code: 'session_expired' })
    expect(ended).not.toHaveBeenCalled()
  })
})
