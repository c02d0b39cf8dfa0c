import type { output, ZodType } from 'zod'
import { ApiError, readApiError } from './api-error.ts'
import { takeInitial } from './initial.ts'
import { refreshSession } from './refresh-session.ts'

const base = '/api/v1'
const waitAtMostMs = 20_000

export interface ReadOptions {
  signal?: AbortSignal
}
export interface WriteOptions extends ReadOptions {
  /** One key per act of the person, so that a second try never makes a second thing. */
  idempotencyKey?: string
  /** The ETag that was read, so that nobody's newer text is overwritten. */
  ifMatch?: string
}
export interface Tagged<Data> {
  data: Data
  etag: string | undefined
}

/** Everything the web says to the server. Answers are parsed; what fails is an ApiError. */
export const api = {
  async get<Schema extends ZodType>(path: string, schema: Schema, options: ReadOptions = {}): Promise<output<Schema>> {
    const initial = takeInitial(path)
    if (initial !== undefined) return understand(initial, schema)
    return understand(await (await send('GET', path, undefined, options)).json(), schema)
  },
  /** Like get, with the ETag that an edit has to send back. Never answered from the page, which carries no tags. */
  async getTagged<Schema extends ZodType>(
    path: string,
    schema: Schema,
    options: ReadOptions = {},
  ): Promise<Tagged<output<Schema>>> {
    const response = await send('GET', path, undefined, options)
    return { data: understand(await response.json(), schema), etag: response.headers.get('etag') ?? undefined }
  },
  post: write('POST'),
  put: write('PUT'),
  patch: write('PATCH'),
  delete: write('DELETE'),
}

function write(method: string) {
  async function run(path: string, body?: unknown, schema?: undefined, options?: WriteOptions): Promise<void>
  async function run<Schema extends ZodType>(
    path: string,
    body: unknown,
    schema: Schema,
    options?: WriteOptions,
  ): Promise<output<Schema>>
  async function run(path: string, body?: unknown, schema?: ZodType, options: WriteOptions = {}): Promise<unknown> {
    const response = await send(method, path, body, options)
    if (schema) return understand(await response.json(), schema)
  }
  return run
}

async function send(method: string, path: string, body: unknown, options: WriteOptions): Promise<Response> {
  const startedAt = Date.now()
  const response = await reach(method, path, body, options)
  if (response.ok) return response
  const error = await readApiError(response)
  if (error.code === 'session_expired' && (await refreshSession(startedAt))) {
    const again = await reach(method, path, body, options)
    if (again.ok) return again
    throw await readApiError(again)
  }
  throw error
}

async function reach(method: string, path: string, body: unknown, options: WriteOptions): Promise<Response> {
  const timeout = AbortSignal.timeout(waitAtMostMs)
  try {
    return await fetch(base + path, {
      method,
      credentials: 'same-origin',
      headers: headersFor(body, options),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    })
  } catch (error) {
    // The caller itself let go, which is no failure to tell about.
    if (options.signal?.aborted) throw error
    throw new ApiError(0, timeout.aborted ? 'busy' : 'offline')
  }
}

function headersFor(body: unknown, { idempotencyKey, ifMatch }: WriteOptions): Headers {
  // Another site cannot send this header without our leave, which is what guards writes against forged requests.
  const headers = new Headers({ accept: 'application/json', 'x-meedenk': '1' })
  headers.set('accept-language', document.documentElement.lang)
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (idempotencyKey) headers.set('idempotency-key', idempotencyKey)
  if (ifMatch) headers.set('if-match', ifMatch)
  return headers
}

function understand<Schema extends ZodType>(answer: unknown, schema: Schema): output<Schema> {
  const parsed = schema.safeParse(answer)
  if (parsed.success) return parsed.data
  console.error('The answer of the server has another shape than agreed', parsed.error.issues)
  throw new ApiError(0, 'internal_error')
}
