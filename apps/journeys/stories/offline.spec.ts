import { ask, prepareQuestion } from '../stage/acts.ts'
import { enterCode } from '../stage/sign-in.ts'
import { expect, test, unique } from '../stage/stage.ts'

test('what is written without a connection is kept, and posted once', async ({ stage }) => {
  stage.watch.allow(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/)
  const title = unique('Wie helpt met formulieren als iemand niet kan lezen?')
  const [asker, helper] = await Promise.all([
    stage.member('Ans', { knows: ['laaggeletterdheid'] }),
    stage.member('Youssef', { knows: ['laaggeletterdheid'] }),
  ])
  const address = await ask(asker.page, title, 'Laaggeletterdheid & Digitale inclusie')
  const { page } = helper
  const text = unique('De bibliotheek heeft een inloopspreekuur, ook zonder afspraak.')
  await page.goto(address)
  // What comes after what there is to read must be there before the connection goes.
  await expect(page.getByRole('button', { name: /^Jouw menu/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Meer opties, zoals melden' })).toBeVisible()
  await page.context().setOffline(true)
  await expect(page.getByText(/Je bent even offline/).first()).toBeVisible()
  await page.getByLabel('Jouw reactie').fill(text)
  await page.getByRole('radio', { name: 'Kennis', exact: true }).check()
  await page.getByRole('button', { name: 'Plaats', exact: true }).click()
  const failure = page.getByRole('alert').filter({ hasText: 'Je tekst staat nog hier' })
  await expect(failure).toBeFocused()
  await expect(page.getByLabel('Jouw reactie')).toHaveValue(text)

  await page.context().setOffline(false)
  await page.reload()
  await expect(page.getByLabel('Jouw reactie')).toHaveValue(text)
  await page.getByRole('button', { name: 'Plaats', exact: true }).dblclick()
  const posted = page.locator('[data-answer]').filter({ hasText: text })
  await expect(posted).toHaveCount(1)
  await expect(page.getByLabel('Jouw reactie')).toHaveValue('')
  await page.reload()
  await expect(posted).toHaveCount(1)
})

test('pressing twice asks once', async ({ stage }) => {
  const title = unique('Hoe leg je eigen bijdrage uit zonder jargon?')
  const { page } = await stage.member('Dirk', { knows: ['wmo-maatwerk'] })
  await prepareQuestion(page, title, 'Wmo & Maatwerkvoorzieningen')
  const button = page.getByRole('button', { name: /^Vraag het aan \d+ mens(en)?$/ })
  await expect(button).toBeVisible()
  await button.dblclick()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  const response = await page.request.get('/api/v1/questions?sort=newest&limit=50')
  const { items } = await response.json()
  expect(items.filter((row: { title: string }) => row.title === title)).toHaveLength(1)
})

test('a visitor writes first and signs in at the end, and loses nothing', async ({ stage }) => {
  const title = unique('Wanneer stop je met bellen en ga je langs?')
  const { page, email } = await stage.newcomer('Mees')
  await prepareQuestion(page, title, 'Eenzaamheid')
  await page.getByLabel('Waar mogen we de antwoorden heen sturen?').fill(email)
  await page.getByRole('button', { name: /^Vraag het aan \d+ mens(en)?$/ }).click()
  const layer = page.getByRole('dialog')
  await expect(layer).toBeVisible()
  await enterCode(page, email)
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(page.getByRole('main').getByText(/Gelukt\. \d+ mensen krijgen je vraag\./)).toBeVisible()
})
