import { type APIResponse, expect, type Page } from '@playwright/test'
import { codeIn, countMails, waitForMail } from './mailbox.ts'

const signInMail = /^(Inloggen bij Meedenk|Sign in to Meedenk|Signing in)/

/** Types the address and the code of the mail, wherever the page asks for them. */
export async function enterCode(page: Page, email: string): Promise<void> {
  const mail = await waitForMail(email, signInMail)
  await page.getByLabel('Code uit de mail').fill(codeIn(mail))
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
}

/** Signs in the way people do: an address, a code by mail. A device that can keep a passkey offers one; that waits. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/inloggen')
  await page.getByLabel('Mailadres').fill(email)
  await page.getByRole('button', { name: 'Stuur me een code' }).click()
  await enterCode(page, email)
  const notNow = page.getByRole('button', { name: 'Nu niet' })
  await expect.poll(async () => !page.url().includes('/inloggen') || notNow.isVisible()).toBe(true)
  if (await notNow.isVisible()) await notNow.click()
  await expect(page).not.toHaveURL(/inloggen/)
}

const headers = { 'x-meedenk': '1', 'sec-fetch-site': 'same-origin' }

/** Sends, and waits for as long as the server asks when it says that this goes too fast. */
async function post(page: Page, path: string, data: unknown): Promise<APIResponse> {
  for (;;) {
    const response = await page.request.post(`/api/v1/sign-in${path}`, { headers, data })
    if (response.status() !== 429) return response
    await page.waitForTimeout((await response.json()).facts.retryAfter * 1000)
  }
}

const codesAtMost = 4

/** Signs in through the API in this browser, for people whose sign-in is not what the story is about. */
export async function comeIn(page: Page, email: string): Promise<void> {
  for (let codes = 1; ; codes += 1) {
    const before = await countMails(email, signInMail)
    const attempt = await post(page, '/attempts', { email })
    expect(attempt.ok(), await attempt.text()).toBe(true)
    const code = codeIn(await waitForMail(email, signInMail, before))
    const response = await post(page, `/attempts/${(await attempt.json()).attemptId}/code`, { code })
    if (response.ok()) return
    // Another story can come in at the same address at this moment, and then the newest mail is not ours.
    const { code: reason } = await response.json()
    expect(reason, `${response.status()} after ${codes} codes for ${email}`).toBe('wrong_code')
    expect(codes, `every code for ${email} was wrong`).toBeLessThan(codesAtMost)
  }
}

/** Does as this person what a page could also do. */
export async function put(page: Page, path: string, data: unknown): Promise<void> {
  const response = await page.request.put(`/api/v1${path}`, { headers, data })
  expect(response.status(), `${path}: ${await response.text()}`).toBeLessThan(300)
}
