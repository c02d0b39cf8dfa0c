import type { CookieSerializeOptions } from '@fastify/cookie'
import type { NewSession } from '@meedenk/actions/people/start-session'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { accessCookie, accessSeconds } from './session.ts'

const refreshCookie = '__Secure-refresh'
const presentCookie = '__Host-present'
const doorCookie = '__Host-door'
const doorSeconds = 900

const everywhere: CookieSerializeOptions = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' }
// A path keeps this one away from all other requests, and that rules out the stricter prefix.
const refreshOnly: CookieSerializeOptions = {
  path: '/api/v1/session',
  secure: true,
  httpOnly: true,
  sameSite: 'strict',
}

/** Hands a session to the browser; the one it replaces ends in this process at once. */
export function giveSession(reply: FastifyReply, session: NewSession, now: Date): void {
  const app = reply.server
  const provenAt = Math.floor(session.provenAt.getTime() / 1000)
  const token = app.jwt.sign({ sub: session.personId, sid: session.sessionId, lvl: session.level, pat: provenAt })
  const maxAge = Math.round((session.expiresAt.getTime() - now.getTime()) / 1000)
  reply.setCookie(accessCookie, token, { ...everywhere, maxAge: accessSeconds })
  reply.setCookie(refreshCookie, session.refreshToken, { ...refreshOnly, maxAge })
  reply.setCookie(presentCookie, '1', { ...everywhere, maxAge })
  if (session.replaced) app.revokedSessions.set(session.replaced, Date.now())
}

/** Takes the session out of the browser. */
export function clearSession(reply: FastifyReply): void {
  reply.clearCookie(accessCookie, everywhere)
  reply.clearCookie(presentCookie, everywhere)
  reply.clearCookie(refreshCookie, refreshOnly)
}

export const readRefreshToken = (request: FastifyRequest): string | undefined => request.cookies[refreshCookie]

/** Ties an attempt to sign in to this browser. */
export function bindBrowser(reply: FastifyReply, browser: string): void {
  reply.setCookie(doorCookie, browser, { ...everywhere, maxAge: doorSeconds })
}

/** What an earlier attempt tied to this browser; only something that we could have made. */
export function readBrowser(request: FastifyRequest): string | undefined {
  const value = request.cookies[doorCookie]
  return value && /^[\w-]{43}$/.test(value) ? value : undefined
}

/** After signing in nothing of the door is left. */
export function unbindBrowser(reply: FastifyReply): void {
  reply.clearCookie(doorCookie, everywhere)
}
