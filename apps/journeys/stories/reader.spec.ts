import { codeIn, waitForMail } from '../stage/mailbox.ts'
import { expect, test } from '../stage/stage.ts'

test('a reader finds a question and what came of it, without an account and without a cookie', async ({ stage }) => {
  const page = await stage.visitor()
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.getByRole('link', { name: 'Vragen', exact: true }).filter({ visible: true }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Vragen van vakgenoten' })).toBeFocused()

  await test.step('filters', async () => {
    const isPhone = (page.viewportSize()?.width ?? 0) < 860
    if (isPhone) await page.getByRole('button', { name: 'Filters' }).click()
    await page.getByRole('link', { name: 'Met opbrengst', exact: true }).click()
    await expect(page).toHaveURL(/\/vragen\?state=learned/)
    if (isPhone) await page.getByRole('button', { name: /^Toon \d+ vra/ }).click()
    await expect(page.getByRole('heading', { level: 2, name: 'Met opbrengst' })).toBeVisible()
  })

  const row = page.locator('[data-row]').first()
  const title = (await row.getByRole('heading').textContent())?.trim() ?? ''
  await row.getByRole('link', { name: title }).click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeFocused()
  await expect(page).toHaveTitle(`${title} – Meedenk`)
  await expect(page.getByRole('heading', { name: 'Dit leverde het op' })).toBeVisible()
  await expect(page.locator('[data-answer]').first()).toBeVisible()
  expect(await page.context().cookies(), 'no cookies before signing in').toEqual([])

  await test.step('the way back leads to the same list', async () => {
    await page.goBack()
    await expect(page).toHaveURL(/\/vragen\?state=learned/)
    await expect(page.locator('[data-row]').first()).toContainText(title)
  })
})

test('a list goes on at the same place and keeps its address', async ({ stage }) => {
  const page = await stage.visitor()
  await page.goto('/vragen')
  const rows = page.locator('[data-row]')
  await expect(rows.first()).toBeVisible()
  const atFirst = await rows.count()
  await page.getByRole('link', { name: 'Toon meer' }).click()
  await expect(page).toHaveURL(/after=/)
  await expect.poll(() => rows.count()).toBeGreaterThan(atFirst)
})

test('everything there is to read is there without JavaScript', async ({ stage }) => {
  const page = await stage.visitor({ javaScriptEnabled: false })
  await page.goto('/vragen?state=learned')
  const link = page.locator('.md-row-title a').first()
  const title = (await link.textContent())?.trim() ?? ''
  await link.click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Dit leverde het op' })).toBeVisible()
  await expect(page.locator('article.md-answer').first()).toBeVisible()
  const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? '')
  expect(data).toMatchObject({ '@type': 'QAPage', mainEntity: { name: title } })
  expect(await page.context().cookies()).toEqual([])
})

test('an address with another slug leads to the right one', async ({ stage }) => {
  const page = await stage.visitor()
  await page.goto('/vragen')
  const right = await page.locator('[data-row] h3 a').first().getAttribute('href')
  await page.goto((right ?? '').replace(/-.*/, '-een-andere-titel'))
  await expect(page).toHaveURL(right ?? '')
})

test('everything is there in English as well', async ({ stage }) => {
  const page = await stage.visitor()
  await page.goto('/vragen')
  const dutch = await page.locator('[data-row] h3 a').first().getAttribute('href')
  await page.goto(dutch ?? '')
  await page.getByRole('contentinfo').getByRole('link', { name: 'English' }).click()
  await expect(page).toHaveURL(/\/en\/questions\/\d+-/)
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('link', { name: 'Ask a question' }).filter({ visible: true }).first()).toBeVisible()
  await expect(page.getByRole('heading', { level: 2, name: 'Think along' })).toBeVisible()
})

test('somebody who reads English gets in and gets mail in English', async ({ stage }) => {
  const { page, email } = await stage.newcomer('Olivia', { locale: 'en-GB' })
  await page.goto('/en/sign-in')
  await page.getByLabel('Email address').fill(email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  const mail = await waitForMail(email, /^Sign in to Meedenk/)
  await page.getByLabel(/code/i).fill(codeIn(mail))
  await page.getByRole('button', { name: /^(Sign|Log) in$/ }).click()
  await expect(page).toHaveURL(/\/en\/welcome/)
  await expect(page.getByRole('heading', { level: 1, name: /call you/ })).toBeVisible()
})

test('what is not there says so, and helps on', async ({ stage }) => {
  stage.watch.allow(/status of 404/)
  const page = await stage.visitor()
  const response = await page.goto('/vragen/999999999-bestaat-niet')
  expect(response?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1, name: /Deze straat loopt dood/ })).toBeVisible()
})
