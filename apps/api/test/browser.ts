import { signInLinkToken } from '@meedenk/actions/people/sign-in-secrets'
import { unseal } from '@meedenk/actions/seal'
import type { TestDatabase } from '@meedenk/db/test/database'
import { expect } from 'vitest'
import { type TestApi, testSecret } from './api.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
// biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape.
type Answer = { status: number; body: any; headers: Record<string, unknown>; setCookies: string[] }
export type Browser = {
  cookies: Map<string, string>
  call(method: Method, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
}

let networks = 0

/** A browser with its own cookies and its own network, so that the throttle of one test does not reach another. */
export function givenBrowser({ app }: TestApi, options: { network?: string; userAgent?: string } = {}): Browser {
  networks++
  const remoteAddress = options.network ?? `10.${(networks >> 8) & 255}.${networks & 255}.7`
  const cookies = new Map<string, string>()
  const call: Browser['call'] = async (method, path, body, headers = {}) => {
    const response = await app.inject({
      method,
      url: `/api/v1${path}`,
      remoteAddress,
      headers: {
        'x-meedenk': '1',
        'sec-fetch-site': 'same-origin',
        'user-agent': options.userAgent ?? 'Firefox/140.0 Linux',
        ...headers,
      },
      cookies: Object.fromEntries(
        [...cookies].filter(([name]) => name !== '__Secure-refresh' || path.startsWith('/session')),
      ),
      ...(body === undefined ? {} : { payload: body as object }),
    })
    for (const cookie of response.cookies) {
      if (cookie.maxAge === 0 || (cookie.expires && cookie.expires.getTime() <= 0)) cookies.delete(cookie.name)
      else cookies.set(cookie.name, cookie.value)
    }
    return {
      status: response.statusCode,
      body:
        response.payload && String(response.headers['content-type']).includes('json')
          ? JSON.parse(response.payload)
          : null,
      headers: response.headers,
      setCookies: [response.headers['set-cookie'] ?? []].flat(),
    }
  }
  return { cookies, call }
}

/** What the mail of this attempt says: the worker makes both from the attempt. */
export async function readSignInMail(
  { owner }: TestDatabase,
  attemptId: string,
): Promise<{ code: string; token: string }> {
  const { rows } = await owner.query('select code_sealed from sign_in_attempts where id = $1', [attemptId])
  return { code: unseal(testSecret, rows[0].code_sealed), token: signInLinkToken(testSecret, attemptId) }
}

/** Signs in by mail, as a person does. */
export async function signIn(database: TestDatabase, browser: Browser, email: string): Promise<Answer> {
  const asked = await browser.call('POST', '/sign-in/attempts', { email })
  expect(asked.status).toBe(202)
  const { code } = await readSignInMail(database, asked.body.attemptId)
  const answer = await browser.call('POST', `/sign-in/attempts/${asked.body.attemptId}/code`, { code })
  expect(answer.status).toBe(200)
  return answer
}
