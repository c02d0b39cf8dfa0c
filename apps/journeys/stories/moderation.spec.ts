import type { Page } from '@playwright/test'
import { ask, askAnonymously, toast } from '../stage/acts.ts'
import { waitForMail } from '../stage/mailbox.ts'
import { expect, type Person, test, unique } from '../stage/stage.ts'

async function report(page: Page, address: string, reason: RegExp, why: string): Promise<void> {
  await page.goto(address)
  await page.getByRole('button', { name: 'Meer opties, zoals melden' }).click()
  await page.getByRole('menuitem', { name: 'Meld deze vraag' }).click()
  await page.getByRole('radio', { name: reason }).check()
  await page.getByRole('button', { name: 'Verder' }).click()
  await page.getByLabel('Wat zie je precies?').fill(why)
  await page.getByRole('button', { name: 'Verstuur je melding' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Dank je' })).toBeFocused()
  await expect(page.getByRole('main').getByText(/Je melding heeft nummer \d+/)).toBeVisible()
}

async function decide({ page }: Person, title: string, decision: string, reason: string): Promise<void> {
  await page.goto('/beheer/meldingen')
  await page.getByRole('link', { name: new RegExp(title.replaceAll('?', '\\?')) }).click()
  await page.getByRole('radio', { name: new RegExp(decision) }).check()
  await expect(page.getByLabel('Waarom')).not.toHaveValue('')
  await page.getByLabel('Waarom').fill(reason)
  await expect(page.getByRole('main').getByText('Een mens, niet een computer.')).toBeVisible()
  await page.getByRole('button', { name: 'Neem besluit' }).click()
  await expect(toast(page)).toContainText(/Besluit genomen over melding \d+/)
}

test('a visitor reports, a moderator hides with a reason, and the author hears why', async ({ stage }) => {
  stage.watch.allow(/status of 410/)
  const title = unique('Welke app raadt u aan voor onze wijkteams?')
  const reason = 'In je vraag maak je reclame voor een app van jezelf. Vraag gerust door zonder de naam.'
  const author = await stage.member('Rob', { knows: ['sociaal-team'] })
  const address = await ask(author.page, title, 'Sociaal team & Toegang')
  const [reader, moderator] = [await stage.visitor(), await stage.moderator()]
  await report(reader, address, /^Reclame/, 'Dit is reclame voor een eigen product.')
  await decide(moderator, title, 'Verberg', reason)

  await test.step('readers find that it is gone', async () => {
    const response = await reader.goto(address)
    expect(response?.status()).toBe(410)
    await expect(reader.getByRole('heading', { level: 1, name: 'Dit is weggehaald' })).toBeVisible()
    await reader.goto('/vragen')
    await expect(reader.locator('[data-row]').first()).toBeVisible()
    await expect(reader.getByRole('main').getByText(title)).toHaveCount(0)
  })
  await test.step('the author reads the reason, in the inbox and in the mail', async () => {
    const mail = await waitForMail(author.email, /Een besluit over je bericht/)
    expect(mail.text).toContain(reason)
    await author.page.goto('/postvak')
    const notice = author.page.getByRole('listitem').filter({ hasText: title })
    await expect(notice.getByText('De moderatie keek naar wat je schreef')).toBeVisible()
    await expect(notice.getByText(reason)).toBeVisible()
  })
})

test('somebody recognisable is out of sight at once, until a moderator has looked', async ({ stage }) => {
  stage.watch.allow(/status of 410/)
  const title = unique('Hoe bereid je een gesprek met een school voor?')
  const author = await stage.member('Petra', { knows: ['jeugdhulp'] })
  const address = await ask(author.page, title, 'Jeugdhulp')
  const [reader, moderator] = [await stage.visitor(), await stage.moderator()]
  await report(reader, address, /^Iemand is te herkennen/, 'Volgens mij weet ik welke school dit is.')
  expect((await reader.goto(address))?.status()).toBe(410)

  await decide(moderator, title, 'Zet terug', 'Er staat geen naam in, en scholen zijn er veel. We zetten het terug.')
  expect((await reader.goto(address))?.status()).toBe(200)
  await expect(reader.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await waitForMail(author.email, /Een besluit over je bericht/)
})

test('who looks behind a name that was sealed says why, and the person hears it', async ({ stage }) => {
  const title = unique('Mag ik een bewoner een lift geven?')
  const why = 'Er is een ernstige melding over deze vraag gedaan door een gemeente.'
  const author = await stage.member(unique('Geertje'), { knows: ['privacy-gegevensdeling'] })
  const address = await askAnonymously(author.page, title, 'Privacy & Gegevensdeling')
  const [reader, { page }] = [await stage.visitor(), await stage.moderator()]
  await report(reader, address, /^Het klopt niet/, 'Dit kan juridisch niet.')
  await page.goto('/beheer/meldingen')
  await page.getByRole('link', { name: new RegExp(title.replaceAll('?', '\\?')) }).click()
  await expect(page.getByRole('main').getByText('Anoniem geschreven')).toBeVisible()
  await expect(page.getByText(author.name)).toHaveCount(0)
  await page.getByRole('button', { name: 'Bekijk wie dit schreef' }).click()
  await page.getByLabel('Waarom moet je dit weten?').fill(why)
  await page.getByRole('button', { name: 'Open het zegel' }).click()
  await expect(page.getByRole('main').getByText(`Geschreven door ${author.name}`)).toBeVisible()

  await author.page.goto('/postvak')
  const notice = author.page.getByRole('listitem').filter({ hasText: title })
  await expect(notice.filter({ hasText: /moderatie/ }).first()).toBeVisible()
  expect((await waitForMail(author.email, /moderatie|besluit/i)).text).toContain(why)
})
