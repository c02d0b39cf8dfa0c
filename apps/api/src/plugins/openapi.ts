import swagger from '@fastify/swagger'
import fastify, { type FastifyInstance } from 'fastify'
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

const policy = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join(';')

/** The reader as an app of its own, because an app that already answers takes no more plugins. */
async function openReader(): Promise<FastifyInstance> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const reader = fastify()
  await reader.register(scalar, {
    routePrefix: '/api/docs',
    configuration: { url: '/api/openapi.json', withDefaultFonts: false, telemetry: false, title: 'Meedenk API' },
  })
  return reader
}

/** The reader of the API at /api/docs, loaded when somebody asks for it: it weighs as much as half of the API. */
export const docsPlugin = fp(async (app) => {
  const config = { authz: { who: 'everyone' } } as const
  let opening: Promise<FastifyInstance> | undefined
  const read = async (url: string) => {
    opening ??= openReader().catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return (await opening).inject(url)
  }
  app.addHook('onClose', async () => {
    await (await opening)?.close()
  })
  app.get('/api/docs', { config }, async (_request, reply) => reply.redirect('/api/docs/', 301))
  for (const url of ['/api/docs/', '/api/docs/js/scalar.js']) {
    app.get(url, { config }, async (_request, reply) => {
      const { headers, rawPayload } = await read(url)
      // Its page starts from an inline script, so only here the policy is looser.
      return reply.header('content-security-policy', policy).type(String(headers['content-type'])).send(rawPayload)
    })
  }
})
