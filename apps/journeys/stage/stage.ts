import { randomUUID } from 'node:crypto'
import { type Browser, type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test'
import { comeIn, put } from './sign-in.ts'
import { Watch } from './watch.ts'

export { expect } from '@playwright/test'

export type Person = { page: Page; name: string; email: string }
type MemberOptions = {
  /** Slugs of the themes this member knows something of. */
  knows?: string[]
  roleKind?: 'practice' | 'policy' | 'coordination' | 'knowledge' | 'citizen'
  browser?: BrowserContextOptions
}

const moderators = ['priya@voorbeeld.test', 'lotte@voorbeeld.test']
/** How many times slower the browsers are, to find out what a slow machine would. */
const slowness = Number(process.env['MEEDENK_SLOWNESS'] ?? 1)
const atOnce = { questions: 'at_once', answers: 'at_once', outcomes: 'at_once', house: 'at_once' }

/** Brings people on, each in a browser of their own that is watched for whatever should not happen. */
class Stage {
  readonly watch: Watch
  private readonly browser: Browser

  constructor(browser: Browser, origin: string) {
    this.browser = browser
    this.watch = new Watch(origin)
  }

  /** Somebody without an account. */
  async visitor(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext(options)
    this.watch.follow(context)
    const page = await context.newPage()
    if (slowness > 1) {
      const tools = await context.newCDPSession(page)
      await tools.send('Emulation.setCPUThrottlingRate', { rate: slowness })
    }
    return page
  }

  /** Somebody with an address of their own who was never here. */
  async newcomer(name: string, options?: BrowserContextOptions): Promise<Person> {
    return { page: await this.visitor(options), name, email: addressOf(name) }
  }

  /** Somebody who is a member already, signed in, and mailed at once. */
  async member(name: string, { knows = [], roleKind = 'practice', browser }: MemberOptions = {}): Promise<Person> {
    const person = await this.newcomer(name, browser)
    await comeIn(person.page, person.email)
    const themes = await readThemes(person.page)
    const expertises = knows.map((slug) => ({ themeId: themes.get(slug), level: 'much' }))
    await put(person.page, '/me/onboarding', { name, roleKind, agreed: true, expertises, done: true })
    await put(person.page, '/me/notification-settings', { paces: atOnce })
    return person
  }

  /** The same person in another browser. */
  async onOtherDevice({ email }: Person): Promise<Page> {
    const page = await this.visitor()
    await comeIn(page, email)
    return page
  }

  /** One of those that the demo content brings along; each worker has its own, so that no two ask for a code at once. */
  async moderator(): Promise<Person> {
    const email = moderators[test.info().parallelIndex % moderators.length] ?? ''
    const page = await this.visitor()
    await comeIn(page, email)
    return { page, name: email, email }
  }
}

function addressOf(name: string): string {
  const start = name.toLowerCase().replace(/[^a-z]+/g, '.')
  return `${start}-${randomUUID().slice(0, 8)}@reis.test`
}

async function readThemes(page: Page): Promise<Map<string, string>> {
  const response = await page.request.get('/api/v1/themes')
  const { items } = await response.json()
  return new Map(items.map(({ slug, id }: { slug: string; id: string }) => [slug, id]))
}

/** A text that no other run or story has, so that everything found is really ours. */
export const unique = (text: string): string => `${text} ${randomUUID().slice(0, 6)}`

export const test = base.extend<{ stage: Stage }>({
  stage: async ({ browser, baseURL }, use) => {
    const stage = new Stage(browser, new URL(baseURL ?? '').origin)
    await use(stage)
    await Promise.all(browser.contexts().map((context) => context.close()))
    expect(stage.watch.surprises, 'nothing failed behind the scenes').toEqual([])
  },
})
