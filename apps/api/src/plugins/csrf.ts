import { ProductError } from '@meedenk/domain/errors'
import fp from 'fastify-plugin'
import type { Deps } from '../app.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Nothing changes on the word of another site: fetch metadata, else the exact origin, and our own header (SECURITY R19). */
export const csrfPlugin = fp(async (app, deps: Deps) => {
  app.addHook('onRequest', (request, _reply, done) => {
    if (safe.has(request.method) || request.routeOptions.config.authz?.fromOtherSites) return done()
    const site = request.headers['sec-fetch-site']
    const origin = request.headers.origin
    const isOurs = site === undefined ? origin === undefined || origin === deps.origin : site === 'same-origin'
    if (!isOurs || request.headers['x-meedenk'] !== '1') throw new ProductError('foreign_origin')
    done()
  })
})
