import { listQuestions } from '@meedenk/actions/questions/list-questions'
import { countAddressLists, listAddresses } from '@meedenk/actions/search/list-addresses'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import type { Deps } from '../app.ts'
import { answerFailure } from './answer-failure.ts'
import { contentPages } from './content-pages.ts'
import {
  atomFeed,
  robotsText,
  securityText,
  sitemapIndex,
  sitemapOfPages,
  sitemapOfQuestions,
} from './crawler-files.ts'
import type { Rows } from './list-page.ts'
import { isPrivatePath, localeOfPath, type PageName, pathOf, publicPages } from './page-addresses.ts'
import { readyPage, sendPage } from './page-sending.ts'
import { type PageTemplate, readTemplate } from './page-template.ts'
import { wordsOf } from './page-words.ts'
import { emptyPage, scenePage } from './plain-page.ts'
import { readStaticFiles, sendStaticFile } from './static-files.ts'

const everyone = { authz: { who: 'everyone' } } as const
const file = { ...everyone, rateLimit: false } as const

/** The web app, and pages that can be read before or without it. Nothing here when only the API is served. */
export const pageRoutes: FastifyPluginAsync<Deps> = async (app, deps) => {
  const { webDir, origin } = deps
  if (!webDir) return
  const template = readTemplate(webDir, origin)
  app.setErrorHandler(answerFailure(template))
  serveFiles(app, webDir)
  serveCrawlers(app, deps)
  contentPages(app, { ...deps, webDir }, template)
  serveTheRest(app, template)
}

function serveFiles(app: FastifyInstance, webDir: string): void {
  const files = readStaticFiles(webDir)
  app.get<{ Params: { name: string } }>('/assets/:name', { config: file, logLevel: 'warn' }, async (request, reply) => {
    const found = files.get(`/assets/${request.params.name}`)
    return found ? sendStaticFile(request, reply, found, true) : reply.callNotFound()
  })
  for (const [address, found] of files) {
    if (address.startsWith('/assets/')) continue
    app.get(address, { config: file, logLevel: 'warn' }, async (request, reply) =>
      sendStaticFile(request, reply, found, false),
    )
  }
  app.get('/favicon.ico', { config: file, logLevel: 'warn' }, async (_request, reply) =>
    reply.redirect('/icon.svg', 301),
  )
}

function serveCrawlers(app: FastifyInstance, { db, origin, clock }: Deps): void {
  const xml = 'application/xml; charset=utf-8'
  app.get('/sitemap.xml', { config: everyone }, async (_request, reply) =>
    reply.type(xml).send(sitemapIndex(origin, await countAddressLists(db))),
  )
  app.get('/sitemap-pages.xml', { config: everyone }, async (_request, reply) =>
    reply.type(xml).send(sitemapOfPages(origin)),
  )
  app.get<{ Params: { list: string } }>(
    '/sitemap-questions-:list(^\\d{1,5}).xml',
    { config: everyone },
    async (request, reply) =>
      reply.type(xml).send(sitemapOfQuestions(origin, await listAddresses(db, Number(request.params.list)))),
  )
  app.get('/robots.txt', { config: everyone }, async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send(robotsText(origin)),
  )
  app.get('/.well-known/security.txt', { config: everyone }, async (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send(securityText(origin, clock())),
  )
  for (const locale of ['nl', 'en'] as const) {
    app.get(`${pathOf('questions', locale)}/atom.xml`, { config: everyone }, async (_request, reply) => {
      // The JSON that the list itself makes.
      const { items } = JSON.parse(await listQuestions(db, { state: 'all', sort: 'newest', limit: 30 })) as Rows
      return reply.type('application/atom+xml; charset=utf-8').send(atomFeed(origin, items, locale, clock()))
    })
  }
}

/** Pages of the web app alone, addresses with a slash too many, and everything that is not there. */
function serveTheRest(app: FastifyInstance, template: PageTemplate): void {
  // The names of its own table.
  const known = new Set(
    (Object.keys(publicPages) as PageName[]).flatMap((name) => [pathOf(name, 'nl'), pathOf(name, 'en')]),
  )
  app.get('/*', { config: everyone }, async (request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const locale = localeOfPath(path)
    if (path.startsWith('/api/') || /\.\w{2,12}$/.test(path)) return reply.callNotFound()
    if (isPrivatePath(path))
      return sendPage(
        request,
        reply.header('x-robots-tag', 'noindex'),
        readyPage(template(emptyPage(locale))),
        'no-store',
      )
    const without = path.replace(/\/$/, '')
    if (known.has(without)) return reply.redirect(without, 301)
    const { missing } = wordsOf(locale)
    return sendPage(
      request,
      reply.code(404),
      readyPage(template(scenePage(locale, missing.title, missing.text))),
      'no-store',
    )
  })
}
