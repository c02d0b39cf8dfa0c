import type { Page } from '@playwright/test'
import { linkIn, waitForMail } from '../stage/mailbox.ts'
import { comeIn, enterCode } from '../stage/sign-in.ts'
import { expect, test } from '../stage/stage.ts'

/** Gives this browser a device that keeps passkeys and says yes at once. */
async function addAuthenticator(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page)
  await client.send('WebAuthn.enable')
  await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Jouw menu/ }).click()
  await page.getByRole('menuitem', { name: 'Uitloggen' }).click()
  await expect(page.getByText('Je bent uitgelogd. Tot de volgende keer.').first()).toBeVisible()
  await expect(page.getByRole('link', { name: 'Inloggen' }).first()).toBeVisible()
}

test('after the first code a passkey is enough', async ({ stage }) => {
  const { page, email } = await stage.newcomer('Noor')
  await addAuthenticator(page)
  await page.goto('/inloggen')
  await page.getByLabel('Mailadres').fill(email)
  await page.getByRole('button', { name: 'Stuur me een code' }).click()
  await enterCode(page, email)
  await expect(page.getByRole('heading', { name: 'Volgende keer met je vinger of gezicht?' })).toBeFocused()
  await page.getByRole('button', { name: 'Ja, stel dat in' }).click()
  await expect(page.getByText('Gelukt. Volgende keer log je in met je passkey.').first()).toBeVisible()
  await expect(page).toHaveURL(/\/welkom/)
  await signOut(page)

  await page.goto('/inloggen?next=/jij/inloggen')
  const heading = page.getByRole('heading', { level: 1, name: 'Inloggen', exact: true })
  const button = page.getByRole('button', { name: 'Met een passkey' })
  // A browser with one passkey may offer it in the field and take it there at once.
  await expect(button.or(heading).first()).toBeVisible()
  await button.click({ timeout: 5000 }).catch(() => undefined)
  await expect(heading).toBeVisible()
  await expect(page.getByText(email).first()).toBeVisible()
  await expect(page.getByText(/Laatst gebruikt: zojuist/)).toBeVisible()
})

test('a device that is signed out elsewhere is out within five seconds', async ({ stage }) => {
  stage.watch.allow(/status of 401/)
  const { page, email } = await stage.member('Karim', { knows: ['preventie'] })
  const lost = await stage.visitor()
  await comeIn(lost, email)
  await lost.goto('/postvak')
  await expect(lost.getByRole('heading', { level: 1, name: 'Postvak' })).toBeVisible()
  await expect(lost.getByRole('button', { name: /^Jouw menu/ })).toBeVisible()

  await page.goto('/jij/apparaten')
  const devices = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Laatst gebruikt' })
  await expect(devices).toHaveCount(2)
  await expect(devices.filter({ hasText: 'Dit apparaat' })).toHaveCount(1)
  await page.getByRole('button', { name: /^Log hier uit/ }).click()
  await expect(page.getByText('Dat apparaat is uitgelogd.').first()).toBeVisible()
  await expect(lost.getByRole('button', { name: /^Jouw menu/ })).toBeHidden({ timeout: 5000 })
  expect((await lost.request.get('/api/v1/inbox')).status()).toBe(401)
  await expect(devices).toHaveCount(1)
  expect((await page.request.get('/api/v1/inbox')).status()).toBe(200)
})

test('a code that is wrong says how often one may try, and the link in the mail works as well', async ({ stage }) => {
  stage.watch.allow(/status of 4\d\d.*\/sign-in\//)
  const { page, email } = await stage.newcomer('Tessa')
  await page.goto('/inloggen')
  await page.getByLabel('Mailadres').fill('geen adres')
  await page.getByRole('button', { name: 'Stuur me een code' }).click()
  await expect(page.getByText('Dit lijkt geen mailadres. Kijk of het @-teken erin staat.')).toBeVisible()
  await page.getByLabel('Mailadres').fill(email)
  await page.getByRole('button', { name: 'Stuur me een code' }).click()
  await page.getByLabel('Code uit de mail').fill('000000')
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(page.getByText(/Je kunt nog 4 keer proberen/).first()).toBeVisible()

  const link = linkIn(await waitForMail(email, /^Inloggen/), /Ga verder/)
  await test.step('on another device the link only shows the code', async () => {
    const other = await stage.visitor()
    await other.goto(link)
    await other.getByRole('button', { name: 'Ga verder' }).click()
    await expect(other.getByRole('heading', { level: 1, name: 'Typ deze code op je andere apparaat' })).toBeVisible()
    await expect(other.locator('.md-link-code')).toHaveText(/^\d{3} \d{3}$/)
  })
  await test.step('on the same device its button signs in', async () => {
    await page.goto(link)
    await page.getByRole('button', { name: 'Ga verder' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Hoe mogen we je noemen?' })).toBeVisible()
  })
})
