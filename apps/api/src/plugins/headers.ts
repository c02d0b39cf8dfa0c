import helmet from '@fastify/helmet'
import fastify from 'fastify'
import fp from 'fastify-plugin'
import type { Deps } from '../app.ts'

/** Security headers on every answer; on plain http without HSTS, or browsers would leave for https. */
export const headersPlugin = fp(async (app, deps: Deps) => {
  const fixed = {
    ...(await askHelmet(deps.origin.startsWith('https:'))),
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), browsing-topics=()',
  }
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(fixed).header('x-request-id', request.id)
    // Personal by default; a public route says so itself.
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    done()
  })
})

/** What helmet sets, asked once on an app of its own: it would write the same policy anew for every answer. */
async function askHelmet(isHttps: boolean): Promise<Record<string, string>> {
  const asked = fastify()
  await asked.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'worker-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        ...(isHttps ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
    strictTransportSecurity: isHttps ? { maxAge: 63_072_000, includeSubDomains: true, preload: true } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  })
  asked.get('/', async (_request, reply) => reply.code(204).send())
  const { date: _, connection: __, ...headers } = (await asked.inject('/')).headers
  await asked.close()
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}
