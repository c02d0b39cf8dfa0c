import { createHmac } from 'node:crypto'
import { keyFor } from '@meedenk/actions/seal'
import { memberId } from './data.ts'

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** An access token as the API signs them: the bench knows the secret of the stack it started. */
export function cookieOf(secret: string, member: number): string {
  const now = Math.floor(Date.now() / 1000)
  const id = memberId(member)
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: id, sid: id, lvl: 1, pat: now, iat: now, exp: now + 300, iss: 'meedenk', aud: 'meedenk-web' })}`
  return `__Host-access=${body}.${createHmac('sha256', keyFor(secret, 'access-token')).update(body).digest('base64url')}`
}

export const writing = { 'content-type': 'application/json', 'x-meedenk': '1', 'sec-fetch-site': 'same-origin' }
