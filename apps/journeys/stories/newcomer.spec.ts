import { answer, showFresh, tickTheme } from '../stage/acts.ts'
import { countMails, headerOf, linkIn, waitForMail } from '../stage/mailbox.ts'
import { signIn } from '../stage/sign-in.ts'
import { expect, test, unique } from '../stage/stage.ts'

test('a newcomer asks, two others think along, and it leads to something', async ({ stage }) => {
  const title = unique('Hoe help je een mantelzorger die nooit om hulp vraagt?')
  const [wim, elif] = await Promise.all([
    stage.member('Wim', { knows: ['mantelzorg'] }),
    stage.member('Elif', { knows: ['mantelzorg'], roleKind: 'policy' }),
  ])
  for (const { page } of [wim, elif]) {
    await page.goto('/postvak')
    await expect(page.getByRole('main').getByText('Alles gelezen. Ga gerust naar buiten.')).toBeVisible()
  }
  const joke = await stage.newcomer('Joke')
  const { page } = joke

  await test.step('in, and acquainted in three screens', async () => {
    await signIn(page, joke.email)
    await expect(page.getByRole('heading', { level: 1, name: 'Hoe mogen we je noemen?' })).toBeVisible()
    await page.getByLabel('Je naam').fill('Joke')
    await page.getByRole('radio', { name: /^Uitvoering/ }).check()
    await page.getByRole('checkbox', { name: 'Afgesproken' }).check()
    await page.getByRole('button', { name: 'Verder' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Waar weet jij iets van?' })).toBeFocused()
    await page.getByRole('group', { name: 'Hier weet ik iets van' }).getByRole('checkbox').first().check()
    await page.getByRole('button', { name: 'Verder' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Hier kun je nu mee helpen' })).toBeFocused()
    await page.getByRole('link', { name: 'Stel zelf een vraag' }).click()
  })

  await test.step('the question survives a reload and reaches who knows something of it', async () => {
    await expect(page.getByRole('heading', { level: 1, name: 'Waar kunnen we met je meedenken?' })).toBeFocused()
    await page.getByLabel('Je vraag in één zin').fill(title)
    await page.getByLabel('Vertel er iets meer over').fill('Ze zegt dat het wel gaat. Ik zie dat het niet gaat.')
    await tickTheme(page, 'Mantelzorg')
    await expect(page.getByRole('main').getByText(/Concept bewaard om/)).toBeVisible()
    await page.reload()
    await expect(page.getByLabel('Je vraag in één zin')).toHaveValue(title)
    await expect(page.getByRole('checkbox', { name: /^Mantelzorg/ })).toBeChecked()
    await page.getByRole('button', { name: /^Vraag het aan \d+ mensen$/ }).click()
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    await expect(page.getByRole('main').getByText(/Gelukt\. \d+ mensen krijgen je vraag\./)).toBeVisible()
    await expect(page.getByRole('main').getByText('Nog stil.').first()).toBeVisible()
  })

  await test.step('one opens it from the inbox, where it came by itself', async () => {
    await showFresh(wim.page)
    await wim.page.getByRole('link', { name: title }).click()
    await answer(wim.page, 'Bij ons werkte een kop koffie zonder agenda. Daarna kwam de vraag vanzelf.', 'Uitvoering')
  })
  await test.step('the other from the mail', async () => {
    const mail = await waitForMail(elif.email, /Waar jij iets van weet/)
    expect(mail.subject).toContain(title)
    expect(await headerOf(mail, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click')
    await elif.page.goto(linkIn(mail, /Denk mee/))
    await expect(elif.page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    await answer(elif.page, 'De gemeente mag respijtzorg aanbieden zonder aanvraag. Vraag ernaar.', 'Beleid')
  })

  await test.step('the asker sees it come, without anything moving by itself', async () => {
    await expect(page.getByRole('button', { name: '2 nieuwe reacties, toon ze' })).toBeVisible()
    await expect(page.getByRole('main').getByText('Bij ons werkte een kop koffie')).toHaveCount(0)
    await page.getByRole('button', { name: '2 nieuwe reacties, toon ze' }).click()
    await expect(page.getByRole('main').getByText('Bij ons werkte een kop koffie')).toBeVisible()
    await expect(page.getByRole('heading', { level: 3, name: 'Wim' })).toBeFocused()
    await expect(page.locator('[data-answer]')).toHaveCount(2)
  })
  await test.step('and in the mail, which leads to the answer itself', async () => {
    const mail = await waitForMail(joke.email, /dacht(en)? met je mee/)
    await page.goto(linkIn(mail, /Lees verder/))
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  })

  const fromWim = page.locator('[data-answer]').filter({ hasText: 'kop koffie' })
  await test.step('the asker marks, thanks, asks further and shares what came of it', async () => {
    await fromWim.getByRole('button', { name: 'Hier kon ik mee verder' }).click()
    await expect(fromWim.getByText('Hier kon jij mee verder')).toBeVisible()
    await fromWim.getByRole('button', { name: /^Bedankt/ }).click()
    await expect(fromWim.getByRole('button', { name: /^Bedankt/ })).toHaveAttribute('aria-pressed', 'true')
    await fromWim.getByRole('button', { name: 'Vraag door bij Wim' }).click()
    await page.getByRole('textbox', { name: 'Vraag door bij Wim' }).fill('Wat zei je als eerste?')
    await fromWim.getByRole('button', { name: 'Plaats' }).click()
    await expect(fromWim.getByRole('listitem').filter({ hasText: 'Wat zei je als eerste?' })).toBeVisible()
    await page.getByLabel('Wat ging je anders doen?').fill('Ik kom nu eerst koffie drinken, zonder formulier.')
    await page.getByRole('button', { name: 'Deel je opbrengst' }).click()
    await expect(page.getByRole('main').getByText('‘Ik kom nu eerst koffie drinken, zonder formulier.’')).toBeVisible()
  })

  await test.step('who helped hears that it helped', async () => {
    await waitForMail(wim.email, /^Jouw antwoord hielp/)
    await waitForMail(wim.email, /vraagt door/)
    await wim.page.goto('/postvak')
    await expect(wim.page.getByRole('listitem').filter({ hasText: title }).first()).toBeVisible()
    await waitForMail(elif.email, /^Jouw antwoord hielp/)
    expect(await countMails(elif.email, /Waar jij iets van weet/), 'never the same twice').toBe(1)
  })
})
