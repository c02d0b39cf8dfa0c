import { createHmac, randomUUID } from 'node:crypto'
import { emailUndoToken } from '@meedenk/actions/people/change-email'
import { unseal } from '@meedenk/actions/seal'
import { givenPerson, type TestPerson } from '@meedenk/db/test/factories'
import { expect } from 'vitest'
import { testSecret } from './api.ts'
import { givenAuthenticator } from './authenticator.ts'
import { type Browser, givenBrowser, readSignInMail, signIn } from './browser.ts'
import type { World } from './matrix-world.ts'

type Flow = { world: World; browser: Browser; person: TestPerson }

/** Walks through everything that takes a proof; gives the routes that succeeded on the way. */
export async function succeedInFlows(world: World): Promise<string[]> {
  const succeeded: string[] = []
  for (const [routes, walk] of flows) {
    const person = await givenPerson(world.database)
    // Only the app of a TestApi is used by a browser.
    const browser = givenBrowser({ app: world.app } as never)
    await signIn(world.database, browser, person.email)
    const answers = await walk({ world, browser, person })
    for (const { status } of answers) expect(status).toBeLessThan(300)
    succeeded.push(...routes)
  }
  return succeeded
}

type Walk = (flow: Flow) => Promise<{ status: number }[]>
const code = 'POST /api/v1/sign-in/attempts/:attemptId/code'

const flows: [string[], Walk][] = [
  [[code, 'POST /api/v1/sign-in/links'], byLink],
  [['POST /api/v1/session/refresh'], async ({ browser }) => [await browser.call('POST', '/session/refresh')]],
  [['PUT /api/v1/me/password', 'POST /api/v1/sign-in/password'], byPassword],
  [['POST /api/v1/me/passkeys', 'POST /api/v1/sign-in/passkey', 'DELETE /api/v1/me/passkeys/:id'], byPasskey],
  [
    [
      'POST /api/v1/me/totp/confirmation',
      'POST /api/v1/session/step-up',
      'POST /api/v1/me/recovery-codes',
      'DELETE /api/v1/me/totp',
    ],
    byTotp,
  ],
  [['PUT /api/v1/me/email', 'POST /api/v1/email-changes/undo'], byMove],
  [['POST /api/v1/me/departure', 'DELETE /api/v1/me/departure'], byLeaving],
]

async function byLink({ world, browser }: Flow) {
  const asked = await browser.call('POST', '/sign-in/attempts', { email: `link-${randomUUID()}@voorbeeld.test` })
  const { token } = await readSignInMail(world.database, asked.body.attemptId)
  return [await browser.call('POST', '/sign-in/links', { token })]
}

async function byPassword({ world, browser, person }: Flow) {
  const password = `een heel lang wachtwoord ${randomUUID()}`
  const set = await browser.call('PUT', '/me/password', { password })
  const other = givenBrowser({ app: world.app } as never)
  return [set, await other.call('POST', '/sign-in/password', { email: person.email, password })]
}

async function byPasskey({ world, browser }: Flow) {
  const authenticator = givenAuthenticator()
  const { challengeId, options } = (await browser.call('POST', '/me/passkeys/options')).body
  const added = await browser.call('POST', '/me/passkeys', { challengeId, response: authenticator.register(options) })
  const other = givenBrowser({ app: world.app } as never)
  const asked = (await other.call('POST', '/sign-in/passkey-options')).body
  const opened = await other.call('POST', '/sign-in/passkey', {
    challengeId: asked.challengeId,
    response: authenticator.prove(asked.options),
  })
  return [added, opened, await other.call('DELETE', `/me/passkeys/${authenticator.id}`)]
}

async function byTotp({ browser }: Flow) {
  const { secret } = (await browser.call('POST', '/me/totp')).body
  const confirmed = await browser.call('POST', '/me/totp/confirmation', { code: codeAt(secret, Date.now()) })
  const stepped = await browser.call('POST', '/session/step-up', { method: 'recovery', code: confirmed.body.codes[0] })
  return [
    confirmed,
    stepped,
    await browser.call('POST', '/me/recovery-codes'),
    await browser.call('DELETE', '/me/totp'),
  ]
}

async function confirm({ world, browser }: Flow, path: string, body?: object) {
  const { confirmationId } = (await browser.call('POST', path, body)).body
  const { rows } = await world.database.owner.query('select code_sealed from confirmations where id = $1', [
    confirmationId,
  ])
  return { confirmationId, code: unseal(testSecret, rows[0].code_sealed) }
}

async function byMove(flow: Flow) {
  const email = `moved-${randomUUID()}@voorbeeld.test`
  const moved = await flow.browser.call('PUT', '/me/email', await confirm(flow, '/me/email/confirmations', { email }))
  const { rows } = await flow.world.database.owner.query('select id from email_moves where new_email = $1', [email])
  const token = emailUndoToken(testSecret, rows[0].id)
  return [moved, await flow.browser.call('POST', '/email-changes/undo', { token })]
}

async function byLeaving(flow: Flow) {
  const code = await confirm(flow, '/me/departure/confirmations')
  const left = await flow.browser.call('POST', '/me/departure', { ...code, contributions: 'without_name' })
  await signIn(flow.world.database, flow.browser, flow.person.email)
  return [left, await flow.browser.call('DELETE', '/me/departure')]
}

/** The code of an app at a moment, by RFC 6238. */
function codeAt(base32: string, at: number): string {
  const bits = [...base32]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const mac = createHmac('sha1', key).update(step).digest()
  return String((mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
