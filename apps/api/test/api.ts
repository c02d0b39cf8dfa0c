import type { TestDatabase } from '@meedenk/db/test/database'
import type { Person } from '@meedenk/domain/actor'
import type { FastifyInstance } from 'fastify'
import { afterAll } from 'vitest'
import { buildApp } from '../src/app.ts'
import { accessCookie } from '../src/plugins/session.ts'

export const testSecret = 'a secret that only tests use, long enough to pass'
export const testOrigin = 'http://localhost:3000'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Options = { headers?: Record<string, string>; cookies?: Record<string, string> }
type Answer = {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape.
  body: any
  headers: Record<string, string | string[] | undefined>
  text: string
  cookies: { name: string; value: string }[]
}
export type TestApi = {
  app: FastifyInstance
  /** Set to move time; null is the real time. */
  clock: { now: Date | null }
  as(person: Person, method: Method, path: string, body?: unknown, options?: Options): Promise<Answer>
  visitor(method: Method, path: string, body?: unknown, options?: Options): Promise<Answer>
}

/** The real edge on a real database, called without a socket. Paths are below /api/v1 unless they start with a double slash. */
export async function givenApi(database: TestDatabase): Promise<TestApi> {
  const clock: TestApi['clock'] = { now: null }
  const app = await buildApp({
    db: database.api,
    secret: testSecret,
    origin: testOrigin,
    clock: () => clock.now ?? new Date(),
    production: false,
    rateLimitPerMinute: 1_000_000,
  })
  await app.ready()
  afterAll(() => app.close())

  const call = async (method: Method, path: string, body: unknown, options: Options): Promise<Answer> => {
    const url = path.startsWith('//') ? path.slice(1) : `/api/v1${path}`
    const response = await app.inject({
      method,
      url,
      headers: { 'x-meedenk': '1', 'sec-fetch-site': 'same-origin', ...options.headers },
      cookies: options.cookies ?? {},
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const isJson = String(response.headers['content-type']).includes('json')
    return {
      status: response.statusCode,
      body: isJson && response.payload ? JSON.parse(response.payload) : response.payload,
      headers: response.headers as Answer['headers'],
      text: response.payload,
      cookies: response.cookies,
    }
  }
  return {
    app,
    clock,
    as: (person, method, path, body, options = {}) => {
      const provenAt = Math.floor((clock.now?.getTime() ?? Date.now()) / 1000)
      const token = app.jwt.sign({ sub: person.personId, sid: person.sessionId, lvl: person.level, pat: provenAt })
      return call(method, path, body, { ...options, cookies: { [accessCookie]: token, ...options.cookies } })
    },
    visitor: (method, path, body, options = {}) => call(method, path, body, options),
  }
}
