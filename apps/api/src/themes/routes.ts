import { readRegions, readThemes } from '@meedenk/actions/themes/read'
import { RegionList, ThemeList } from '@meedenk/domain/themes/schemas'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { Deps } from '../app.ts'
import { sendJson } from '../plugins/json.ts'
import { remember } from '../plugins/remember.ts'

const everyone = { authz: { who: 'everyone' } } as const

/** Themes and regions: public reference data that pages may keep a while. */
export const themeRoutes: FastifyPluginAsyncZod<Deps> = async (app, { db, clock }) => {
  const themes = remember(60, clock, () => readThemes(db))
  app.get(
    '/themes',
    { config: everyone, schema: { tags: ['themes'], response: { 200: ThemeList } } },
    async (_request, reply) => {
      reply.header('cache-control', 'public, max-age=60')
      return sendJson(reply, await themes())
    },
  )

  app.get(
    '/regions',
    { config: everyone, schema: { tags: ['themes'], response: { 200: RegionList } } },
    async (_request, reply) => {
      reply.header('cache-control', 'public, max-age=86400')
      return sendJson(reply, await readRegions(db))
    },
  )
}
