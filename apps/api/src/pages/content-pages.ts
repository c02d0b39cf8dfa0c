import { hash } from 'node:crypto'
import { readStatus } from '@meedenk/actions/insights/read-status'
import { listQuestions } from '@meedenk/actions/questions/list-questions'
import { isQuestionGone, readQuestionJson } from '@meedenk/actions/questions/read-question'
import { readThemes } from '@meedenk/actions/themes/read'
import { ProductError } from '@meedenk/domain/errors'
import type { PromiseView } from '@meedenk/domain/insights/schemas'
import { QuestionQuery, type QuestionView } from '@meedenk/domain/questions/schemas'
import type { ThemeView } from '@meedenk/domain/themes/schemas'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../app.ts'
import { rememberPromise } from '../insights/remember-promise.ts'
import { homePage } from './home-page.ts'
import { type InfoName, readInfoTexts } from './info-texts.ts'
import { listPage, type Rows } from './list-page.ts'
import { type PageName, pathOf, questionPath } from './page-addresses.ts'
import { pageShelf, readyPage, sendPage } from './page-sending.ts'
import type { Page, PageTemplate } from './page-template.ts'
import { type PageLocale, wordsOf } from './page-words.ts'
import { plainPage, promiseDescription, promiseFigures, scenePage, statusLines } from './plain-page.ts'
import { questionPage } from './question-page.ts'
import { html } from './safe-html.ts'

const config = { authz: { who: 'everyone' } } as const
type Make = (locale: PageLocale, query: Record<string, unknown>) => Promise<Page> | Page

/** The pages that everybody may read, in both languages. */
export function contentPages(app: FastifyInstance, deps: Deps & { webDir: string }, template: PageTemplate): void {
  const shelf = pageShelf(editionOf(template))
  const promise = rememberPromise(deps)
  const add = (name: PageName, make: Make) => {
    for (const locale of ['nl', 'en'] as const) {
      app.get<{ Querystring: Record<string, unknown> }>(pathOf(name, locale), { config }, async (request, reply) => {
        const pieces = template(await make(locale, request.query))
        // Only plain addresses are kept: queries have no end.
        const ready = request.url.includes('?')
          ? readyPage(pieces)
          : shelf.make(request.url, pieces.join(''), () => ({ pieces }))
        return sendPage(request, reply, ready)
      })
    }
  }

  add('home', (locale) => readHome(deps, promise, locale))
  add('questions', (locale, query) => readList(deps, promise, query, locale))
  add('status', (locale) => readStatusPage(deps, locale))
  add('promise', async (locale) => {
    const [words, json] = [wordsOf(locale), await promise()]
    const figures = JSON.parse(json) as PromiseView
    return plainPage(
      {
        name: 'promise',
        title: words.promise.title,
        description: promiseDescription(figures, words),
        content: promiseFigures(figures, words),
        initial: [['/insights/promise', json]],
      },
      locale,
    )
  })
  add('people', (locale) => plainPage({ name: 'people', ...wordsOf(locale).people }, locale))
  add('ask', (locale) => {
    const { title, description, noScript } = wordsOf(locale).ask
    return plainPage(
      { name: 'ask', title, description, content: html`<noscript><p class="md-notice">${noScript}</p></noscript>` },
      locale,
    )
  })
  addInfo(add, deps.webDir)
  addQuestion(app, deps, template, shelf)
}

/** Changes when a release changes what stands around the content. */
function editionOf(template: PageTemplate): string {
  const around = (['nl', 'en'] as const).map(
    (locale) => template(scenePage(locale, '', '')).join('') + JSON.stringify(wordsOf(locale)),
  )
  return hash('sha1', around.join(''), 'base64url').slice(0, 8)
}

function addInfo(add: (name: PageName, make: Make) => void, webDir: string): void {
  const texts = { nl: readInfoTexts(webDir, 'nl'), en: readInfoTexts(webDir, 'en') }
  for (const name of ['how', 'rules', 'accessibility', 'privacy', 'about'] satisfies InfoName[]) {
    add(name, (locale) => {
      const known = texts[locale][name]
      const { title, description } = wordsOf(locale).info[name]
      const page = plainPage(
        {
          name,
          title: known?.title ?? title,
          description: known?.lead ?? description,
          ...(known ? { content: known.content } : {}),
        },
        locale,
      )
      return { ...page, description }
    })
  }
}

function addQuestion(
  app: FastifyInstance,
  { db, origin }: Deps,
  template: PageTemplate,
  shelf: ReturnType<typeof pageShelf>,
): void {
  for (const locale of ['nl', 'en'] as const) {
    const list = pathOf('questions', locale)
    app.get<{ Params: { ref: string } }>(`${list}/:ref`, { config }, async (request, reply) => {
      const { ref } = request.params
      if (ref === '') return reply.redirect(list, 301)
      const number = /^(\d{1,15})(?:-|$)/.exec(ref)?.[1]
      const json = number && (await readQuestionJson(db, number))
      if (!json)
        return sendAbsence(request, reply, template, locale, number !== undefined && (await isQuestionGone(db, number)))
      const page = shelf.make(`${locale}/${number}`, json, () => {
        // Built by our own statement; its tests parse it with this schema.
        const question = JSON.parse(json) as QuestionView
        return {
          pieces: template(questionPage(question, json, locale, origin)),
          address: questionPath(question, locale),
        }
      })
      if (page.address !== `${list}/${ref}`) return reply.redirect(page.address ?? list, 301)
      return sendPage(request, reply, page)
    })
  }
}

function sendAbsence(
  request: FastifyRequest,
  reply: FastifyReply,
  template: PageTemplate,
  locale: PageLocale,
  isGone: boolean,
): Promise<FastifyReply> {
  const { title, text } = wordsOf(locale)[isGone ? 'gone' : 'missing']
  return sendPage(
    request,
    reply.code(isGone ? 410 : 404),
    readyPage(template(scenePage(locale, title, text))),
    'no-store',
  )
}

async function readHome({ db }: Deps, readPromise: () => Promise<string>, locale: PageLocale): Promise<Page> {
  const [waiting, learned, themes, promise] = await Promise.all([
    listQuestions(db, { state: 'waiting', limit: 3 }),
    listQuestions(db, { state: 'learned', limit: 4 }),
    readThemes(db),
    readPromise(),
  ])
  const initial: [string, string][] = [
    ['/questions?state=waiting&limit=3', waiting],
    ['/questions?state=learned&limit=4', learned],
    ['/themes', themes],
    ['/insights/promise', promise],
  ]
  return homePage(
    {
      waiting: JSON.parse(waiting) as Rows,
      learned: JSON.parse(learned) as Rows,
      themes: JSON.parse(themes) as { items: ThemeView[] },
      promise: JSON.parse(promise) as PromiseView,
      initial,
    },
    locale,
  )
}

const waitingOnTop = 3

/** What cannot be asked for falls away: an address that somebody changed by hand still shows questions. */
async function readList(
  { db }: Deps,
  readPromise: () => Promise<string>,
  query: Record<string, unknown>,
  locale: PageLocale,
): Promise<Page> {
  const parsed = QuestionQuery.safeParse(query)
  const { limit: _, ...asked } = parsed.success ? parsed.data : {}
  const isPlain = Object.keys(asked).length === 0
  const [json, waiting, themes, promise] = await Promise.all([
    listQuestions(db, { ...asked, limit: 20 }).catch((error: unknown) => {
      if (error instanceof ProductError) return listQuestions(db, { limit: 20 })
      throw error
    }),
    isPlain ? listQuestions(db, { state: 'waiting', sort: 'waiting_longest', limit: waitingOnTop }) : null,
    readThemes(db),
    readPromise(),
  ])
  const known: [string, string][] = [
    ['/themes', themes],
    ['/insights/promise', promise],
  ]
  const initial: [string, string][] = waiting
    ? [
        ['/questions?sort=newest&state=all&limit=20', json],
        [`/questions?state=waiting&sort=waiting_longest&limit=${waitingOnTop}`, waiting],
        ...known,
      ]
    : known
  const { after: __, ...withoutPlace } = asked
  return listPage(
    {
      rows: JSON.parse(json) as Rows,
      onTop: waiting ? (JSON.parse(waiting) as Rows) : null,
      isPlain,
      query: withoutPlace,
      themes: (JSON.parse(themes) as { items: ThemeView[] }).items,
      initial,
    },
    locale,
  )
}

async function readStatusPage({ db, clock }: Deps, locale: PageLocale): Promise<Page> {
  const [words, status] = [wordsOf(locale), await readStatus(db, clock())]
  const { title, description } = words.status
  return plainPage(
    {
      name: 'status',
      title,
      description,
      content: statusLines(status, words),
      initial: [['/status', JSON.stringify(status)]],
    },
    locale,
  )
}
