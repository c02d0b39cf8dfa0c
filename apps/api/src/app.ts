import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import type { Db } from '@meedenk/db/connection'
import { ProductError } from '@meedenk/domain/errors'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { pageRoutes } from './pages/routes.ts'
import { authzPlugin } from './plugins/authz.ts'
import { csrfPlugin } from './plugins/csrf.ts'
import { errorsPlugin, sendProblem } from './plugins/errors.ts'
import { headersPlugin } from './plugins/headers.ts'
import { healthPlugin } from './plugins/health.ts'
import { loggingPlugin } from './plugins/logging.ts'
import { metricsPlugin } from './plugins/metrics.ts'
import { networkOf } from './plugins/network.ts'
import { docsPlugin, openapiPlugin } from './plugins/openapi.ts'
import { pressurePlugin } from './plugins/pressure.ts'
import { sessionPlugin } from './plugins/session.ts'
import { rooms } from './rooms.ts'

export type Deps = {
  db: Db
  /** Signs tokens and seals codes; at least 32 characters. */
  secret: string
  /** The one public address, such as http://localhost:3000. */
  origin: string
  clock: () => Date
  production: boolean
  /** Folder of the built web app; without it only the API is served. */
  webDir?: string | undefined
  metricsPort?: number | undefined
  rateLimitPerMinute: number
  log?: FastifyBaseLogger | undefined
  trustProxy?: string | undefined
}

const bodyBytesMax = 1_048_576

/** Builds the edge: shared plugins first, then the rooms. Refuses a route without a declared rule. */
export async function buildApp(deps: Deps): Promise<FastifyInstance> {
  const app = fastify({
    ...(deps.log ? { loggerInstance: deps.log } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyBytesMax,
    genReqId: () => randomUUID(),
    requestTimeout: 30_000,
    keepAliveTimeout: 75_000,
    trustProxy: deps.trustProxy ?? false,
    routerOptions: { maxParamLength: 300 },
    // A problem in our own words, also when the address itself is broken.
    frameworkErrors: (_error, request, reply) => sendProblem(request, reply, 'malformed_request'),
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.removeContentTypeParser('text/plain')

  await app.register(errorsPlugin)
  await app.register(authzPlugin)
  await app.register(loggingPlugin)
  await app.register(cookie)
  await app.register(headersPlugin, deps)
  await app.register(pressurePlugin, deps)
  await app.register(rateLimit, {
    max: deps.rateLimitPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => networkOf(request.ip),
    skipOnError: true,
  })
  await app.register(sessionPlugin, deps)
  await app.register(csrfPlugin, deps)
  await app.register(metricsPlugin, deps)
  await app.register(openapiPlugin)
  await app.register(docsPlugin)
  await app.register(healthPlugin, deps)
  await app.register(rooms, deps)
  await app.register(pageRoutes, deps)

  app.setNotFoundHandler((request) => {
    const others = (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).filter(
      (method) => method !== request.method && app.findRoute({ method, url: request.url }),
    )
    throw new ProductError(others.length > 0 ? 'method_not_allowed' : 'not_found')
  })
  return app
}
