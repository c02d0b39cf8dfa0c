import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'

const screenshots = join(import.meta.dirname, '..', 'out', 'screenshots')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const sizes = [
  { name: 'desktop', width: 1280, height: 800 },
  { name: 'phone', width: 390, height: 844 },
]

/** Waits until nothing on the page is still on its way. */
export async function waitUntilReady(page: Page): Promise<void> {
  await expect(page.locator('h1')).toHaveCount(1)
  await expect(page.locator('.md-wait, .md-skeleton')).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready)
}

async function findViolations(page: Page, onlyContrast: boolean): Promise<string[]> {
  // Without frames to look into, the old way finds the same in half the time.
  const axe = new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ rules: { 'label-content-name-mismatch': { enabled: true } } })
  const { violations } = await (onlyContrast ? axe.withRules(['color-contrast']) : axe.withTags(rules)).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n').at(1)?.trim() ?? ''}`),
  )
}

/** How far the page sticks out to the side; nobody should have to scroll there. */
async function measureOverflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** Controls of bars, rows and forms that a thumb would miss: lower than 44 pixels. */
async function findSmallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls = 'button:not(.md-linkbtn), .md-btn, select, textarea, input, header a, nav:not(.md-crumbs) a'
    const small = [...document.querySelectorAll(controls)].filter((control) => {
      const { width, height } = (control.closest('label') ?? control).getBoundingClientRect()
      return width > 1 && height > 1 && height < 43.5
    })
    return small.map((control) => `lower than 44 pixels: ${control.outerHTML.slice(0, 120)}`)
  })
}

/** Text spaced as WCAG 1.4.12 wants to be possible; through the object model, because the policy forbids inline styles. */
async function spaceText(page: Page, spaced: boolean): Promise<void> {
  await page.evaluate((on) => {
    const sheet = new CSSStyleSheet()
    if (on)
      sheet.replaceSync(
        '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }',
      )
    document.adoptedStyleSheets = [sheet]
  }, spaced)
}

/** The whole page in one picture; the window becomes as high as the page, so that bars stay at its end. */
async function takePicture(page: Page, name: string, window: { width: number; height: number }): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ ...window, height: Math.max(height, window.height) })
  await page.screenshot({ path: join(screenshots, `${name}.png`) })
  await page.setViewportSize(window)
}

/**
 * Looks at one page like all its readers: wide and narrow, light and dark, zoomed in and with spaced text. What differs
 * between light and dark is the contrast alone, so that is what is looked at twice.
 */
export async function examinePage(page: Page, name: string): Promise<void> {
  const problems: string[] = []
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' })
  for (const { name: size, width, height } of sizes) {
    await page.setViewportSize({ width, height })
    await waitUntilReady(page)
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      const found = await findViolations(page, theme === 'dark')
      problems.push(...found.map((text) => `${size} ${theme}: ${text}`))
      await takePicture(page, `${name}-${size}-${theme}`, { width, height })
    }
    await page.emulateMedia({ colorScheme: 'light' })
    problems.push(...(await findSmallTargets(page)).map((text) => `${size}: ${text}`))
    if ((await measureOverflow(page)) > 0) problems.push(`${size}: scrolls sideways`)
    await spaceText(page, true)
    if ((await measureOverflow(page)) > 0) problems.push(`${size}: scrolls sideways with spaced text`)
    await spaceText(page, false)
  }
  // 1280 pixels at 400 % are 320.
  await page.setViewportSize({ width: 320, height: 640 })
  if ((await measureOverflow(page)) > 0) problems.push('zoomed in four times: scrolls sideways')
  await page.setViewportSize({ width: 1280, height: 800 })
  expect.soft(problems, name).toEqual([])
}

export type Route = { name: string; path: string; lang?: 'nl' | 'en' }

/** Examines pages one after the other in one browser; each has a title of its own and says its language. */
export async function examineRoutes(page: Page, routes: Route[]): Promise<void> {
  const titles = new Map<string, string>()
  for (const { name, path, lang = 'nl' } of routes) {
    await test.step(`${name}: ${path}`, async () => {
      await page.goto(path)
      await waitUntilReady(page)
      await expect.soft(page.locator('html')).toHaveAttribute('lang', lang)
      await expect(page).toHaveTitle(/Meedenk/)
      const title = await page.title()
      expect.soft(titles.get(title), `${path} has the title of another page: ${title}`).toBeUndefined()
      titles.set(title, path)
      await examinePage(page, name)
    })
  }
}
