import { expect, type Locator, type Page } from '@playwright/test'

/** What pops up at the side; the same words are also told to screen readers, elsewhere on the page. */
export const toast = (page: Page): Locator => page.getByRole('region', { name: 'Berichten' })

/** In the inbox something new waits until its reader wants to see it. */
export async function showFresh(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^\d+ nieuw, toon/ })
    .first()
    .click()
}

/** Thinks along on the question that is open. */
export async function answer(page: Page, text: string, perspective: string): Promise<void> {
  await page.getByLabel('Jouw reactie').fill(text)
  await page.getByRole('radio', { name: perspective, exact: true }).check()
  await page.getByRole('button', { name: 'Plaats', exact: true }).click()
  await expect(page.locator('[data-answer]').filter({ hasText: text })).toBeVisible()
}

/** Fills in the page to ask on, up to the button. */
export async function prepareQuestion(page: Page, title: string, theme: string): Promise<void> {
  await page.goto('/vraag-stellen')
  await page.getByLabel('Je vraag in één zin').fill(title)
  await tickTheme(page, theme)
}

/** Ticks a theme among all of them, and leaves it ticked when the text had suggested it. */
export async function tickTheme(page: Page, theme: string): Promise<void> {
  await page.getByRole('button', { name: /^Alle \d+ thema/ }).click()
  const wanted = page.getByRole('checkbox', { name: new RegExp(`^${theme}`) })
  // The text may suggest this very theme and tick it between our look and our click.
  await expect(async () => {
    if (!(await wanted.isChecked())) await wanted.click()
    expect(await wanted.isChecked()).toBe(true)
  }).toPass()
}

async function send(page: Page, title: string): Promise<string> {
  await page.getByRole('button', { name: /^Vraag het aan \d+ mens(en)?$/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  return new URL(page.url()).pathname
}

/** Asks under one's own name; answers with the address of the question. */
export async function ask(page: Page, title: string, theme: string): Promise<string> {
  await prepareQuestion(page, title, theme)
  return send(page, title)
}

/** Asks without a name; answers with the address of the question. */
export async function askAnonymously(page: Page, title: string, theme: string): Promise<string> {
  await prepareQuestion(page, title, theme)
  await page.getByRole('radio', { name: /^Anoniem/ }).check()
  return send(page, title)
}
