import type { FastifyPluginAsync } from 'fastify'
import type { Deps } from '../app.ts'
import { accountRoutes } from './account-routes.ts'
import { draftRoutes } from './draft-routes.ts'
import { profileRoutes } from './profile-routes.ts'
import { proofRoutes } from './proof-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'

/** The room of people: coming in, staying in, and who one is. */
export const peopleRoutes: FastifyPluginAsync<Deps> = async (app, deps) => {
  // The prefix is already on this plugin.
  const options = { ...deps, prefix: '' }
  await app.register(signInRoutes, options)
  await app.register(sessionRoutes, options)
  await app.register(proofRoutes, options)
  await app.register(profileRoutes, options)
  await app.register(draftRoutes, options)
  await app.register(accountRoutes, options)
}
