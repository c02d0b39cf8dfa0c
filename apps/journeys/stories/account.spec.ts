import { createHmac, randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { toast } from '../stage/acts.ts'
import { linkIn, waitForMail } from '../stage/mailbox.ts'
import { enterCode } from '../stage/sign-in.ts'
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

/** The code an app would show now (RFC 6238). */
function totp(secret: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret.replaceAll(' ', '')]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Jouw menu/ }).click()
  await page.getByRole('menuitem', { name: 'Uitloggen' }).click()
  await expect(toast(page)).toContainText('Je bent uitgelogd. Tot de volgende keer.')
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
  await expect(toast(page)).toContainText('Gelukt. Volgende keer log je in met je passkey.')
  await expect(page).toHaveURL(/\/welkom/)
  await signOut(page)

  await page.goto('/inloggen?next=/jij/inloggen')
  const heading = page.getByRole('heading', { level: 1, name: 'Inloggen', exact: true })
  const button = page.getByRole('button', { name: 'Met een passkey' })
  // A browser with one passkey may offer it in the field and take it there at once.
  await expect(button.or(heading).first()).toBeVisible()
  await expect(async () => {
    if (await button.isVisible()) await button.click({ timeout: 5000 }).catch(() => undefined)
    await expect(heading).toBeVisible({ timeout: 15_000 })
  }).toPass()
  await expect(page.getByRole('main').getByText(email).first()).toBeVisible()
  await expect(page.getByRole('main').getByText(/Laatst gebruikt: zojuist/)).toBeVisible()
})

test('a device that is signed out elsewhere is out within seconds, untouched', async ({ stage }) => {
  stage.watch.allow(/status of 401/)
  const member = await stage.member('Karim', { knows: ['preventie'] })
  const { page } = member
  const lost = await stage.onOtherDevice(member)
  await lost.goto('/postvak')
  await expect(lost.getByRole('heading', { level: 1, name: 'Postvak' })).toBeVisible()
  await expect(lost.getByRole('button', { name: /^Jouw menu/ })).toBeVisible()

  await page.goto('/jij/apparaten')
  const devices = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Laatst gebruikt' })
  await expect(devices).toHaveCount(2)
  await expect(devices.filter({ hasText: 'Dit apparaat' })).toHaveCount(1)
  await page.getByRole('button', { name: /^Log hier uit/ }).click()
  await expect(toast(page)).toContainText('Dat apparaat is uitgelogd.')
  // Five seconds where there is time to spare; what counts is that the page hears it and does not have to ask.
  await expect(lost.getByRole('button', { name: /^Jouw menu/ })).toBeHidden({ timeout: 20_000 })
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
  await expect(
    page.getByRole('main').getByText('Dit lijkt geen mailadres. Kijk of het @-teken erin staat.'),
  ).toBeVisible()
  await page.getByLabel('Mailadres').fill(email)
  await page.getByRole('button', { name: 'Stuur me een code' }).click()
  await page.getByLabel('Code uit de mail').fill('000000')
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(
    page
      .getByRole('main')
      .getByText(/Je kunt nog 4 keer proberen/)
      .first(),
  ).toBeVisible()

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

test('a password and a code from an app, for who wants more locks', async ({ stage }) => {
  stage.watch.allow(/status of 4\d\d.*\/(me|sign-in)\//)
  const { page, email } = await stage.member('Ruben')
  const password = `Vier fietsen in de regen ${randomUUID()}`
  await page.goto('/jij/inloggen')
  await page.getByRole('button', { name: 'Maak een wachtwoord' }).click()
  await page.getByLabel('Nieuw wachtwoord').fill('wachtwoord123456')
  await page.getByRole('button', { name: 'Bewaar het wachtwoord' }).click()
  await expect(page.getByLabel('Nieuw wachtwoord')).toBeFocused()
  await expect(page.getByLabel('Nieuw wachtwoord')).toHaveAccessibleDescription(/gelekte wachtwoorden/)
  await page.getByLabel('Nieuw wachtwoord').fill(password)
  await page.getByRole('button', { name: 'Bewaar het wachtwoord' }).click()
  await expect(toast(page)).toContainText('Je wachtwoord is bewaard.')

  await page.getByRole('button', { name: 'Stel een app in' }).click()
  const secret = (await page.locator('.md-secret').textContent()) ?? ''
  await page.getByLabel('Code uit de app').fill(totp(secret))
  await page.getByRole('button', { name: 'Zet het extra slot aan' }).click()
  await expect(page.getByText('Je gebruikt een app met codes als extra slot.')).toBeVisible()
  await page.getByRole('button', { name: 'Ik heb ze bewaard' }).click()
  await waitForMail(email, /Inloggen met een app met codes staat aan/)
  await signOut(page)

  await page.goto('/inloggen')
  await page.getByRole('button', { name: 'Met een wachtwoord' }).click()
  await page.getByLabel('Mailadres').fill(email)
  await page.getByLabel('Wachtwoord').fill('een heel ander wachtwoord')
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(page.getByRole('alert')).toBeFocused()
  await page.getByLabel('Wachtwoord').fill(password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(page.getByRole('button', { name: /^Jouw menu/ })).toBeVisible()
})

test('a session is renewed without anybody noticing', async ({ stage }) => {
  // The browser tells of the first try; the second follows by itself.
  stage.watch.allow(/status of 401/)
  const { page } = await stage.member('Hilde')
  await page.goto('/jij')
  await expect(page.getByLabel('Functie (niet verplicht)')).toBeVisible()
  await page.context().clearCookies({ name: '__Host-access' })
  await page.getByLabel('Functie (niet verplicht)').fill('Casemanager')
  await page.getByRole('button', { name: 'Bewaar', exact: true }).first().click()
  await expect(toast(page)).toContainText('Bewaard.')
  const names = (await page.context().cookies()).map(({ name }) => name)
  expect(names).toContain('__Host-access')
})
