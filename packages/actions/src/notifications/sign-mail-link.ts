import { createHmac, timingSafeEqual } from 'node:crypto'
import { paceKinds } from '@meedenk/domain/notifications/schemas'
import { keyFor } from '../seal.ts'

const mailLinkKinds = [...paceKinds, 'all'] as const
export type MailLinkKind = (typeof mailLinkKinds)[number]
export type MailLink = { personId: string; kind: MailLinkKind }

const macBytes = 16

const macOf = (secret: string, claim: Buffer) =>
  createHmac('sha256', keyFor(secret, 'mail-link')).update(claim).digest().subarray(0, macBytes)

/** The token of a link in a mail, by which its reader changes their mail without signing in. It does not expire: a stop must always work. */
export function signMailLink(secret: string, { personId, kind }: MailLink): string {
  const claim = Buffer.concat([
    Buffer.from(personId.replaceAll('-', ''), 'hex'),
    Buffer.of(mailLinkKinds.indexOf(kind)),
  ])
  return Buffer.concat([claim, macOf(secret, claim)]).toString('base64url')
}

/** Who a token speaks for; null when it is not ours. */
export function readMailLink(secret: string, token: string): MailLink | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== 17 + macBytes || bytes.toString('base64url') !== token) return null
  const claim = bytes.subarray(0, 17)
  const kind = mailLinkKinds[claim[16] ?? -1]
  if (!kind || !timingSafeEqual(bytes.subarray(17), macOf(secret, claim))) return null
  const personId = claim.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { personId, kind }
}
