import swagger from '@fastify/swagger'
import scalar from '@scalar/fastify-api-reference'
import fp from 'fastify-plugin'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

/** OpenAPI 3.1 at /api/openapi.json, made from the routes themselves; read it at /api/docs. */
export const openapiPlugin = fp(async (app) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.1',
      info: {
        title: 'Meedenk',
        version: '1',
        description:
          'Everything the pages do. Changing requests carry the header `X-Meedenk: 1`. Sign in through /sign-in; the session lives in cookies. Errors are RFC 9457 problem+json.',
        license: {
          name: 'EUPL-1.2',
          url: 'https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12',
        },
      },
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-access' } } },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/api/v1')) route.schema = { ...route.schema, hide: true }
  })
  app.get('/api/openapi.json', { config: { authz: { who: 'everyone' } } }, async (_request, reply) => {
    // Made once and sent as text: it is no answer of ours but a description of them.
    return reply.type('application/json').send(JSON.stringify(app.swagger()))
  })
})

/** The reader of the API; its page starts from an inline script, so only there the policy is looser. */
export const docsPlugin = fp(async (app) => {
  await app.register(async (docs) => {
    await docs.register(scalar, {
      routePrefix: '/api/docs',
      configuration: { url: '/api/openapi.json', withDefaultFonts: false, telemetry: false, title: 'Meedenk API' },
      hooks: {
        onRequest: async (_request, reply) => {
          await reply.helmet({
            contentSecurityPolicy: {
              useDefaults: false,
              directives: {
                'default-src': ["'none'"],
                'script-src': ["'self'", "'unsafe-inline'"],
                'style-src': ["'self'", "'unsafe-inline'"],
                'img-src': ["'self'", 'data:'],
                'font-src': ["'self'", 'data:'],
                'connect-src': ["'self'"],
                'base-uri': ["'none'"],
                'frame-ancestors': ["'none'"],
              },
            },
          })
        },
      },
    })
  })
})
