import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { ask, toast } from '../stage/acts.ts'
import { examinePage, examineRoutes } from '../stage/examine-page.ts'
import { codeIn, countMails, linkIn, waitForMail } from '../stage/mailbox.ts'
import { expect, test, unique } from '../stage/stage.ts'

async function confirmWith(page: Page, address: string, subject: RegExp, button: string): Promise<void> {
  await page.getByLabel('Code uit de mail').fill(codeIn(await waitForMail(address, subject)))
  await page.getByRole('button', { name: button }).click()
}

/** Signs in on the page by somebody who did so before. */
async function signInAgain(page: Page, email: string): Promise<void> {
  const before = await countMails(email, /^Inloggen bij Meedenk/)
  await page.goto('/inloggen')
  await page.getByLabel('Mailadres').fill(email)
  await page.getByRole('button', { name: 'Stuur me een code' }).click()
  await page.getByLabel('Code uit de mail').fill(codeIn(await waitForMail(email, /^Inloggen bij Meedenk/, before)))
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  const notNow = page.getByRole('button', { name: 'Nu niet' })
  await expect.poll(async () => !page.url().includes('/inloggen') || notNow.isVisible()).toBe(true)
  if (await notNow.isVisible()) await notNow.click()
  await expect(page).not.toHaveURL(/inloggen/)
}

test('the account moves to another address, and the old one takes it back', async ({ stage }) => {
  stage.watch.allow(/status of 401/)
  const { page, email } = await stage.member('Anouk')
  const wanted = email.replace('@', '.nieuw@')
  await page.goto('/jij/inloggen')
  await page.getByRole('button', { name: 'Verander je mailadres' }).click()
  await page.getByLabel('Nieuw mailadres').fill(wanted)
  await page.getByRole('button', { name: 'Stuur me een code' }).click()
  await confirmWith(page, wanted, /^Bevestig je nieuwe mailadres/, 'Verander mijn mailadres')
  await expect(toast(page)).toContainText(`Je mailadres is nu ${wanted}.`)
  await expect(page.getByRole('main').getByText(wanted).first()).toBeVisible()

  const link = linkIn(await waitForMail(email, /^Je account heeft een ander mailadres/), /Zet mijn adres terug/)
  const owner = await stage.visitor()
  await owner.goto(link)
  await expect(owner.getByRole('heading', { level: 1, name: 'Zet je mailadres terug' })).toBeVisible()
  await examinePage(owner, 'address-back')
  await owner.getByRole('button', { name: 'Zet mijn adres terug' }).click()
  await expect(owner.getByRole('heading', { level: 1, name: 'Je account is weer van jou' })).toBeFocused()
  await expect(page.getByRole('button', { name: /^Jouw menu/ })).toBeHidden({ timeout: 20_000 })
  await signInAgain(owner, email)
})

test('everything of oneself can be taken along', async ({ stage }) => {
  const { page, email } = await stage.member('Jesse', { knows: ['preventie'] })
  const title = unique('Wat neem je mee van een huisbezoek dat anders liep')
  await ask(page, title, 'Preventie')
  await page.goto('/jij/meenemen')
  await page.getByRole('button', { name: 'Zet mijn gegevens klaar' }).click()
  await expect(toast(page)).toContainText('We zijn bezig.')
  await waitForMail(email, /^Je gegevens staan klaar/)
  await expect(page.getByText(/^Klaar om op te halen tot/)).toBeVisible({ timeout: 30_000 })
  for (const [name, file] of [
    [/^Pagina om te lezen/, 'meedenk.html'],
    [/^Gegevens/, 'meedenk.json'],
  ] as const) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
    expect(download.suggestedFilename()).toBe(file)
    const content = await readFile(await download.path(), 'utf8')
    expect(content).toContain(title)
    expect(content).toContain(email)
  }
  await examinePage(page, 'take-along')
})

test('stopping takes two screens and a code, and for two weeks one may come back', async ({ stage }) => {
  stage.watch.allow(/status of 401/)
  const { page, email } = await stage.member('Wouter', { knows: ['preventie'] })
  await ask(page, unique('Hoe neem je afscheid van een groep die doorgaat'), 'Preventie')
  await page.goto('/jij/stoppen')
  await page.getByRole('radio', { name: /^Wis het waar het kan/ }).check()
  await expect(page.getByText('We wissen 1 bericht van je.')).toBeVisible()
  await examinePage(page, 'stop')
  await page.getByRole('button', { name: 'Ga verder met stoppen' }).click()
  await expect(page.getByRole('heading', { name: 'Weet je het zeker?' })).toBeVisible()
  await examinePage(page, 'stop-confirm')
  await confirmWith(page, email, /^Je code om te stoppen/, 'Stop met Meedenk')
  await expect(page.getByRole('heading', { name: 'Je bent gestopt' })).toBeFocused()
  await expect(page.getByRole('button', { name: /^Jouw menu/ })).toBeHidden()
  await waitForMail(email, /^Je stopt met Meedenk op/)

  await signInAgain(page, email)
  await expect(page.getByRole('heading', { name: 'Wil je terugkomen?' })).toBeVisible()
  await examinePage(page, 'come-back')
  await page.getByRole('button', { name: 'Ja, ik blijf' }).click()
  await expect(toast(page)).toContainText('Fijn dat je er weer bent.')
  await expect(page.getByRole('heading', { name: 'Wat doen we met wat je schreef?' })).toBeVisible()
})

test('the pages of one’s own account in English', async ({ stage }) => {
  const { page } = await stage.member('Emma')
  await examineRoutes(page, [
    { name: 'sign-in-settings-en', path: '/en/you/sign-in', lang: 'en' },
    { name: 'take-along-en', path: '/en/you/take-along', lang: 'en' },
    { name: 'stop-en', path: '/en/you/stop', lang: 'en' },
  ])
})
