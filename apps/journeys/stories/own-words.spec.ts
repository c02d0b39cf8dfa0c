import type { Page } from '@playwright/test'
import { answer, ask, prepareQuestion, toast } from '../stage/acts.ts'
import { expect, test, unique } from '../stage/stage.ts'

async function choose(page: Page, item: string, menu: string | RegExp = 'Meer opties, zoals melden'): Promise<void> {
  await page.getByRole('button', { name: menu }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('who wrote something can change it, end it and take it back', async ({ stage }) => {
  stage.watch.allow(/status of 410/)
  const title = unique('Hoe vraag je feedback aan een gezin?')
  const better = unique('Hoe vraag je een gezin wat het van je hulp vond?')
  const [asker, helper] = await Promise.all([
    stage.member('Lonneke', { knows: ['client-inwonerparticipatie'] }),
    stage.member('Ravi', { knows: ['client-inwonerparticipatie'] }),
  ])
  const { page } = asker
  const address = await ask(page, title, 'Inwoner- en Cliëntparticipatie')

  await test.step('a question gets better words', async () => {
    await choose(page, 'Pas aan')
    await page.getByLabel('Je vraag in één zin').fill(better)
    await page.getByRole('main').getByRole('button', { name: 'Bewaar', exact: true }).first().click()
    await expect(page.getByRole('heading', { level: 1, name: better })).toBeVisible()
    await expect(toast(page)).toContainText('Je wijziging staat erop.')
  })
  await test.step('an answer too, and it can be taken back', async () => {
    await helper.page.goto(address)
    await expect(helper.page).toHaveURL(/wat-het-van-je-hulp-vond/)
    await answer(helper.page, 'Stel één vraag aan het eind van elk gesprek.', 'Uitvoering')
    await choose(helper.page, 'Pas aan', 'Meer opties bij de reactie van Ravi')
    await helper.page.getByLabel('Je tekst').fill('Stel één open vraag aan het eind van elk gesprek.')
    await helper.page.locator('[data-answer]').getByRole('button', { name: 'Bewaar' }).click()
    await expect(helper.page.getByText('Stel één open vraag aan het eind')).toBeVisible()
    await choose(helper.page, 'Trek in', 'Meer opties bij de reactie van Ravi')
    await helper.page.getByRole('dialog').getByRole('button', { name: 'Trek in' }).click()
    await expect(helper.page.locator('[data-answer]')).toHaveCount(0)
  })
  await test.step('a question is closed with a reason, and opened again', async () => {
    await choose(page, 'Sluit de vraag af')
    await page.getByLabel('Waarom sluit je de vraag af?').fill('Het is besproken in ons team.')
    await page.getByRole('button', { name: 'Sluit af', exact: true }).click()
    await expect(page.getByText(/Reden: Het is besproken in ons team\./)).toBeVisible()
    await helper.page.reload()
    await expect(helper.page.getByText(/Reden: Het is besproken/)).toBeVisible()
    await expect(helper.page.getByLabel('Jouw reactie')).toHaveCount(0)
    await choose(page, 'Open de vraag weer')
    await expect(page.getByText(/Reden: Het is besproken/)).toHaveCount(0)
  })
  await test.step('and taken back for good', async () => {
    await choose(page, 'Trek de vraag in')
    await page.getByRole('dialog').getByRole('button', { name: 'Trek in' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Vragen van vakgenoten' })).toBeVisible()
    expect((await helper.page.goto(address))?.status()).toBe(410)
  })
})

test('an earlier question can be enough', async ({ stage }) => {
  const word = unique('Kwartiermakersoverleg').replace(' ', '')
  const title = `Wie zit er bij jullie in het ${word}?`
  const [first, second] = await Promise.all([stage.member('Berend'), stage.member('Sjoerd')])
  await ask(first.page, title, 'Sociaal team & Toegang')

  const { page } = second
  await prepareQuestion(page, `Hoe vaak komt jullie ${word} bij elkaar?`, 'Sociaal team & Toegang')
  const earlier = page.getByRole('region', { name: 'Hier is eerder over meegedacht' })
  await earlier.getByRole('link', { name: title }).click()
  const layer = page.getByRole('dialog', { name: title })
  await expect(layer).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByLabel('Je vraag in één zin')).toHaveValue(`Hoe vaak komt jullie ${word} bij elkaar?`)

  await earlier.getByRole('link', { name: title }).click()
  await layer.getByRole('button', { name: 'Dit is genoeg voor mij' }).click()
  await layer.getByRole('button', { name: 'Ik zit hier ook mee' }).click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Ik zit hier ook mee/ })).toHaveAttribute('aria-pressed', 'true')
  await toast(page).getByRole('button', { name: 'Ongedaan maken' }).click()
  await expect(page.getByLabel('Je vraag in één zin')).toHaveValue(`Hoe vaak komt jullie ${word} bij elkaar?`)
})

test('a referral is an answer, and a draft waits on the next device', async ({ stage }) => {
  const title = unique('Waar vind ik een goede uitleg over de Wlz?')
  const [asker, helper] = await Promise.all([stage.member('Anouk'), stage.member('Willem')])
  const address = await ask(asker.page, title, 'Wet- en regelgeving')
  const { page } = helper
  await page.goto(address)
  await page.getByRole('button', { name: 'Kijk ook eens naar…' }).click()
  await page.getByLabel('Adres van de pagina').fill('https://www.voorbeeld.nl/uitleg')
  await page.getByLabel('Wat is daar te vinden?').fill('Uitleg in gewone taal')
  await page.getByLabel('Jouw reactie').fill('Hier staat het stap voor stap.')
  await page.getByRole('radio', { name: 'Kennis', exact: true }).check()
  const kept = page.waitForResponse(
    (response) => response.url().includes('/drafts/') && response.request().method() === 'PUT',
  )
  await page.getByLabel('Jouw reactie').blur()
  expect((await kept).status()).toBe(204)

  const elsewhere = await stage.onOtherDevice(helper)
  await elsewhere.goto(address)
  await expect(elsewhere.getByLabel('Jouw reactie')).toHaveValue('Hier staat het stap voor stap.')
  await elsewhere.getByRole('button', { name: 'Plaats', exact: true }).click()
  const posted = elsewhere.locator('[data-answer]').filter({ hasText: 'Hier staat het stap voor stap.' })
  await expect(posted.getByRole('link', { name: 'Uitleg in gewone taal' })).toHaveAttribute('rel', /ugc/)
  await expect(posted.getByText('op voorbeeld.nl, een andere website')).toBeVisible()
})
