import { ask, toast } from '../stage/acts.ts'
import { headerOf, linkIn, waitForMail } from '../stage/mailbox.ts'
import { expect, test, unique } from '../stage/stage.ts'

test('everybody chooses how often mail comes, and may stop it from the mail itself', async ({ stage }) => {
  const title = unique('Hoe vier je met vrijwilligers wat goed ging?')
  const [member, asker] = await Promise.all([
    stage.member('Hennie', { knows: ['vrijwilligers'] }),
    stage.member('Coen', { knows: ['vrijwilligers'] }),
  ])
  const { page, email } = member

  await test.step('a pace per kind, kept', async () => {
    await page.goto('/postvak/instellingen')
    const outcomes = page.getByRole('group', { name: 'Opbrengst' })
    await outcomes.getByRole('radio', { name: 'Wekelijks' }).check()
    await page.getByRole('button', { name: 'Bewaar', exact: true }).click()
    await expect(toast(page)).toContainText('Bewaard.')
    await page.reload()
    await expect(outcomes.getByRole('radio', { name: 'Wekelijks' })).toBeChecked()
  })
  await test.step('a pause, and on again', async () => {
    await page.getByRole('button', { name: 'Pauzeer mijn mail' }).click()
    await expect(page.getByRole('main').getByText(/Je mail heeft pauze tot/)).toBeVisible()
    await page.getByRole('button', { name: 'Hervat nu' }).click()
    await expect(page.getByLabel('Geen mail tot')).toBeVisible()
  })

  await ask(asker.page, title, 'Vrijwilligers & Informele inzet')
  const mail = await waitForMail(email, /Waar jij iets van weet/)
  await test.step('without signing in, from the mail', async () => {
    const anywhere = await stage.visitor()
    await anywhere.goto(linkIn(mail, /^Stop$/))
    await expect(anywhere.getByRole('main').getByText('Voor h…@reis.test. Je hoeft niet in te loggen.')).toBeVisible()
    await anywhere.getByRole('button', { name: 'Eén keer per week' }).click()
    await expect(
      anywhere.getByRole('main').getByText('Gelukt. Je krijgt deze mail nog één keer per week.').first(),
    ).toBeVisible()
    expect(await anywhere.context().cookies()).toEqual([])
    await page.reload()
    await expect(
      page.getByRole('group', { name: 'Vragen voor jou' }).getByRole('radio', { name: 'Wekelijks' }),
    ).toBeChecked()
  })
  await test.step('with one press in the mail program', async () => {
    const link = /<([^>]+)>/.exec((await headerOf(mail, 'List-Unsubscribe')) ?? '')?.[1] ?? ''
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
    expect((await fetch(link, { method: 'POST', body })).status).toBe(200)
    await page.reload()
    await expect(
      page.getByRole('group', { name: 'Vragen voor jou' }).getByRole('radio', { name: 'Niet' }),
    ).toBeChecked()
  })
})

test('what waits in the inbox can be done, put off, or handed back', async ({ stage }) => {
  const titles = ['Hoe meet je of een gesprek hielp?', 'Wat vraag je een onderzoeker als eerste?'].map(unique)
  const [member, asker] = await Promise.all([
    stage.member('Marga', { knows: ['monitoring-onderzoek'] }),
    stage.member('Joost', { knows: [] }),
  ])
  const { page } = member
  for (const title of titles) await ask(asker.page, title, 'Monitoring & Onderzoek')
  await expect.poll(async () => (await (await page.request.get('/api/v1/session')).json()).unread).toBe(2)
  await page.goto('/postvak')
  const [first = '', second = ''] = titles
  const row = (title: string) => page.getByRole('listitem').filter({ hasText: title })
  await row(first)
    .getByRole('button', { name: /^Klaar/ })
    .click()
  await expect(row(first)).toHaveCount(0)
  await page.getByRole('button', { name: 'Ongedaan maken' }).first().click()
  await expect(row(first)).toHaveCount(1)
  await row(first)
    .getByRole('button', { name: /^Straks/ })
    .click()
  await page.getByRole('menuitem', { name: 'Maandagochtend' }).click()
  await expect(row(first)).toHaveCount(0)
  await row(second)
    .getByRole('button', { name: /^Niet voor mij/ })
    .click()
  await page.getByRole('button', { name: 'Geen tijd' }).click()
  await expect(page.getByRole('main').getByText('Alles gelezen. Ga gerust naar buiten.')).toBeVisible()
  await page.getByRole('link', { name: 'Geschiedenis' }).click()
  await expect(row(second).getByText('Niet voor jou')).toBeVisible()
})
