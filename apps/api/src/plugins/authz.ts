import type { SessionLevel } from '@meedenk/domain/actor'
import fp from 'fastify-plugin'

/** Who may call a route; declared on every route, or the boot stops (SECURITY 4.4). Rules about the object itself live in the domain. */
export type Authz = {
  /** everyone: no session needed · person: signed in · moderator: of the plaza · door: part of signing in. */
  who: 'everyone' | 'person' | 'moderator' | 'door'
  /** Least strength of the session. */
  level?: SessionLevel
  /** The session must have been proven this many minutes ago at most. */
  freshMinutes?: number
  /** A POST that other sites may send, such as the one-click stop of a mail program. */
  fromOtherSites?: boolean
}

declare module 'fastify' {
  interface FastifyContextConfig {
    authz?: Authz
  }
  interface FastifyInstance {
    /** Every route that exists, for the matrix and the OpenAPI check. */
    declaredRoutes: { method: string; url: string; authz: Authz }[]
  }
}

/** Routes that libraries add themselves: the reader of the API and the files of the web app. */
const madeByLibraries = /^\/(api\/docs|assets|fonts)(\/|$)/

export const authzPlugin = fp(async (app) => {
  app.decorate('declaredRoutes', [])
  app.addHook('onRoute', (route) => {
    if (madeByLibraries.test(route.url)) route.config = { ...route.config, authz: { who: 'everyone' } }
    const authz = route.config?.authz
    if (!authz) throw new Error(`Route ${String(route.method)} ${route.url} declares no authz`)
    for (const method of [route.method].flat()) {
      if (method !== 'HEAD' && method !== 'OPTIONS') app.declaredRoutes.push({ method, url: route.url, authz })
    }
  })
})
