import { expect, type Page } from '@playwright/test'

/** In the inbox something new waits until its reader wants to see it. */
export async function showFresh(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^\d+ nieuw, toon/ }).first().click()
}

/** Thinks along on the question that is open. */
export async function answer(page: Page, text: string, perspective: string): Promise<void> {
  await page.getByLabel('Jouw reactie').fill(text)
  await page.getByRole('radio', { name: perspective, exact: true }).check()
  await page.getByRole('button', { name: 'Plaats', exact: true }).click()
  await expect(page.locator('[data-answer]').filter({ hasText: text })).toBeVisible()
}
