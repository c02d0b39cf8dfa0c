import type { Locator, Page } from '@playwright/test'
import { expect, test, unique } from '../stage/stage.ts'

const stopsAtMost = 120

/** Walks with Tab until the wanted thing has the focus; every stop on the way must be visible. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let stop = 0; stop < stopsAtMost; stop++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The keyboard does not reach ${wanted}`)
}

/** What has the focus is in view, and shows it with a ring of three pixels. */
async function expectVisibleFocus(page: Page): Promise<void> {
  const focused = page.locator(':focus-visible')
  await expect(focused).toBeInViewport()
  const width = await focused.evaluate((element) => Number.parseFloat(getComputedStyle(element).outlineWidth))
  expect(width).toBeGreaterThanOrEqual(3)
}

test('asking and answering work with the keyboard alone', async ({ stage }) => {
  const title = unique('Hoe regel je een goede overdracht bij ziekte?')
  const text = 'Wij maken elke vrijdag een korte lijst. Die ligt op de gedeelde plek.'
  const [asker, helper] = await Promise.all([
    stage.member('Ineke', { knows: ['vakmanschap'] }),
    stage.member('Sam', { knows: ['vakmanschap'] }),
  ])

  await test.step('the first stop skips to the content', async () => {
    const { page } = asker
    await page.goto('/vragen')
    await expect(page.locator('[data-row]').first()).toBeVisible()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: 'Naar de inhoud' })).toBeFocused()
    await expectVisibleFocus(page)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('main')).toBeFocused()
  })

  await test.step('asking', async () => {
    const { page } = asker
    await page.goto('/vragen')
    await tabTo(page, page.getByRole('banner').getByRole('link', { name: 'Stel je vraag' }))
    await expectVisibleFocus(page)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Waar kunnen we met je meedenken?' })).toBeFocused()
    await tabTo(page, page.getByLabel('Je vraag in één zin'))
    await expectVisibleFocus(page)
    await page.keyboard.type(title)
    await tabTo(page, page.getByRole('button', { name: /^Alle \d+ thema/ }))
    await page.keyboard.press('Enter')
    await page.keyboard.press('Shift+Tab')
    await expect(page.getByRole('checkbox').last()).toBeVisible()
    const theme = page.getByRole('checkbox', { name: /^Vakmanschap/ })
    for (let stop = 0; stop < stopsAtMost && !(await theme.evaluate((one) => one === document.activeElement)); stop++)
      await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Space')
    await expect(theme).toBeChecked()
    await tabTo(page, page.getByRole('radio', { name: /^Met je naam/ }))
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('radio', { name: /^Anoniem/ })).toBeChecked()
    await page.keyboard.press('ArrowUp')
    await tabTo(page, page.getByRole('button', { name: /^Vraag het aan \d+ mens(en)?$/ }))
    await expectVisibleFocus(page)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeFocused()
  })

  await test.step('answering', async () => {
    const { page } = helper
    await page.goto(new URL(asker.page.url()).pathname)
    await expect(page.getByLabel('Jouw reactie')).toBeVisible()
    await page.keyboard.press('d')
    await expect(page.getByLabel('Jouw reactie')).toBeFocused()
    await page.keyboard.type(text)
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('radio', { name: 'Beleid', exact: true })).toBeChecked()
    await tabTo(page, page.getByRole('button', { name: 'Plaats', exact: true }))
    await expectVisibleFocus(page)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 3, name: 'Sam' })).toBeFocused()
  })

  await test.step('a menu closes with Escape and gives the focus back', async () => {
    const { page } = asker
    const menu = page.getByRole('button', { name: 'Meer opties, zoals melden' })
    await tabTo(page, menu)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menuitem').first()).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(menu).toBeFocused()
  })
})

test('what has the focus never hides behind a bar', async ({ stage }) => {
  const page = await stage.visitor({ viewport: { width: 390, height: 844 } })
  await page.goto('/vragen')
  await expect(page.locator('[data-row]').first()).toBeVisible()
  const hidden: string[] = []
  for (let stop = 0; stop < 40; stop++) {
    await page.keyboard.press('Tab')
    const covered = await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return null
      const { left, top, width, height } = element.getBoundingClientRect()
      // A stop that takes several lines has its first line to look at.
      const [first = { left, top, width, height }] = element.getClientRects()
      const onTop = document.elementFromPoint(first.left + first.width / 2, first.top + first.height / 2)
      return onTop && (element.contains(onTop) || onTop.contains(element)) ? null : element.outerHTML.slice(0, 120)
    })
    if (covered) hidden.push(covered)
  }
  expect(hidden).toEqual([])
})

test('a form says what is missing and leads there', async ({ stage }) => {
  const page = await stage.visitor()
  await page.goto('/vraag-stellen')
  await page.getByRole('button', { name: 'Stel je vraag', exact: true }).click()
  const summary = page.getByRole('main').locator('[data-error-summary]')
  await expect(summary).toBeFocused()
  await expect(summary).toContainText('Er kloppen nog 2 dingen niet')
  await summary.getByRole('link', { name: 'Vul je vraag in, dan kunnen we hem versturen.' }).click()
  const field = page.getByLabel('Je vraag in één zin')
  await expect(field).toBeFocused()
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveAccessibleDescription(/Vul je vraag in/)
})

test('single keys can be switched off', async ({ stage }) => {
  const { page } = await stage.member('Loes')
  await page.goto('/vragen?state=waiting')
  const address = (await page.locator('[data-row] h3 a').first().getAttribute('href')) ?? ''
  await page.goto('/jij')
  await page.getByRole('switch', { name: 'Sneltoetsen' }).click()
  await page.goto(address)
  const field = page.getByLabel('Jouw reactie')
  await expect(field).toBeVisible()
  await page.keyboard.press('d')
  await expect(field).not.toBeFocused()
  await page.goto('/jij')
  await page.getByRole('switch', { name: 'Sneltoetsen' }).click()
  await page.goto(address)
  await expect(field).toBeVisible()
  await page.keyboard.press('d')
  await expect(field).toBeFocused()
})

test('a layer holds the focus, closes with Escape and leaves the text alone', async ({ stage }) => {
  const page = await stage.visitor()
  await page.goto('/vragen?state=waiting')
  await page.locator('[data-row] h3 a').first().click()
  await page.getByLabel('Jouw reactie').fill('Bij ons hielp het om eerst samen te eten.')
  await page.getByRole('radio', { name: 'Ervaring', exact: true }).check()
  await page.getByRole('button', { name: 'Plaats', exact: true }).click()
  const layer = page.getByRole('dialog', { name: 'Fijn dat je er bent' })
  await expect(layer.getByLabel('Mailadres')).toBeVisible()
  for (let stop = 0; stop < 8; stop++) {
    await page.keyboard.press('Tab')
    await expect(layer.locator(':focus')).toHaveCount(1)
  }
  await page.keyboard.press('Escape')
  await expect(layer).toHaveCount(0)
  await expect(page.getByLabel('Jouw reactie')).toHaveValue('Bij ons hielp het om eerst samen te eten.')
})
