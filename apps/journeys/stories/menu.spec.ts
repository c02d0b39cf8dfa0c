import type { Page } from '@playwright/test'
import { answer, ask, toast } from '../stage/acts.ts'
import { expect, test, unique } from '../stage/stage.ts'

const theme = 'Inwoner- en Cliëntparticipatie'
const more = 'Meer opties, zoals melden'
const slowMs = 1500
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Lets whatever has such an address come late, so that what mostly goes too fast to see happens each time. */
async function slowDown(page: Page, address: RegExp): Promise<void> {
  await page.route(address, async (route) => {
    await pause(slowMs)
    // A page that is closed by then takes its requests along.
    await route.continue().catch(() => undefined)
  })
}

test('a menu opens, stays open and shows what one may do, whatever arrives meanwhile', async ({ stage }) => {
  const [asker, helper] = await Promise.all([stage.member('Lonneke'), stage.member('Ravi')])
  const address = await ask(asker.page, unique('Hoe vier je iets met een gezin?'), theme)
  const { page } = helper
  await page.goto(address)
  await expect(page.getByLabel('Jouw reactie')).toBeVisible()
  await slowDown(page, /\/mine$|MdMenuPanel/)
  await answer(page, 'Neem iets lekkers mee.', 'Uitvoering')
  await page.getByRole('button', { name: 'Meer opties bij de reactie van Ravi' }).click()
  const edit = page.getByRole('menuitem', { name: 'Pas aan' })
  await expect(edit).toBeVisible()
  // What was on its way when the menu came has arrived by now, and may move the focus.
  await pause(2 * slowMs)
  await page.evaluate(() => document.querySelector<HTMLElement>('[data-answer] h3')?.focus())
  await edit.click()
  await expect(page.getByLabel('Je tekst')).toBeVisible()
})

test('whoever goes on while their answer is sent is not called back', async ({ stage }) => {
  const [asker, helper] = await Promise.all([stage.member('Lonneke'), stage.member('Ravi')])
  const address = await ask(asker.page, unique('Waar begin je in een nieuwe wijk?'), theme)
  const { page } = helper
  await page.goto(address)
  await expect(page.getByLabel('Jouw reactie')).toBeVisible()
  await slowDown(page, /\/mine$/)
  const posted = page.waitForResponse((response) => response.url().endsWith('/answers'))
  await page.getByLabel('Jouw reactie').fill('Loop eerst een rondje.')
  await page.getByRole('radio', { name: 'Uitvoering', exact: true }).check()
  await page.getByRole('button', { name: 'Plaats', exact: true }).click()
  await posted
  const account = page.getByRole('button', { name: /^Jouw menu/ })
  await account.focus()
  await expect(page.locator('[data-answer]')).toHaveCount(1)
  await pause(500)
  await expect(account).toBeFocused()
})

test('a menu that is slow to come opens once, however often it is pressed', async ({ stage }) => {
  const { page } = await stage.member('Joke')
  await ask(page, unique('Hoe begin je een huisbezoek?'), theme)
  await slowDown(page, /MdMenuPanel/)
  await page.getByRole('button', { name: more }).dblclick()
  await expect(page.getByRole('menuitem').first()).toBeVisible()
  await pause(500)
  await page.getByRole('menuitem', { name: 'Pas aan' }).click()
  await expect(page.getByLabel('Je vraag in één zin')).toBeVisible()
})

test('what could not come without a connection comes when it is asked for again', async ({ stage }) => {
  stage.watch.allow(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|dynamically imported module/)
  const { page } = await stage.member('Henk')
  await ask(page, unique('Hoe sluit je een traject goed af?'), theme)
  const menu = page.getByRole('button', { name: more })
  const message = toast(page).getByText(/want je bent offline/)
  const without = async (act: () => Promise<void>) => {
    await page.context().setOffline(true)
    await act()
    await expect(message).toBeVisible()
    await toast(page).getByRole('button', { name: 'Sluit' }).click()
    await page.context().setOffline(false)
  }
  const choose = async (item: string) => {
    await menu.click()
    await page.getByRole('menuitem', { name: item }).click()
  }

  await test.step('a menu', async () => {
    await expect(menu).toBeVisible()
    await without(() => menu.click())
    await menu.click()
    await expect(page.getByRole('menuitem', { name: 'Pas aan' })).toBeVisible()
    await page.keyboard.press('Escape')
  })
  await test.step('a layer', async () => {
    await without(() => choose('Sluit de vraag af'))
    await choose('Sluit de vraag af')
    await expect(page.getByRole('dialog').getByLabel('Waarom sluit je de vraag af?')).toBeVisible()
    await page.keyboard.press('Escape')
  })
  await test.step('a form', async () => {
    await without(() => choose('Pas aan'))
    await choose('Pas aan')
    await expect(page.getByLabel('Je vraag in één zin')).toBeVisible()
  })
})
