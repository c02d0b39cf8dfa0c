import type { FastifyPluginAsync } from 'fastify'
import type { Deps } from './app.ts'
import { insightRoutes } from './insights/routes.ts'
import { moderationRoutes } from './moderation/routes.ts'
import { mailLinkRoutes } from './notifications/mail-link-routes.ts'
import { notificationRoutes } from './notifications/routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { privacyRoutes } from './privacy/routes.ts'
import { questionRoutes } from './questions/routes.ts'
import { themeRoutes } from './themes/routes.ts'

/** All rooms of the API, each behind /api/v1. */
export const rooms: FastifyPluginAsync<Deps> = async (app, deps) => {
  const options = { ...deps, prefix: '/api/v1' }
  await app.register(peopleRoutes, options)
  await app.register(privacyRoutes, options)
  await app.register(themeRoutes, options)
  await app.register(moderationRoutes, options)
  await app.register(insightRoutes, options)
  await app.register(questionRoutes, options)
  await app.register(notificationRoutes, options)
  await app.register(mailLinkRoutes, { ...deps, forMailPrograms: true })
}
