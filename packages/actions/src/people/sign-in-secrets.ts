import { createHash, createHmac, randomBytes } from 'node:crypto'
import { keyFor } from '../seal.ts'

export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
/** 256 bits that nobody can guess, as text for a cookie. */
export const randomSecret = (): string => randomBytes(32).toString('base64url')

/**
 * The token in the link of a sign-in mail: the attempt and a MAC over it. Only its hash is stored;
 * the worker makes the same token again from the attempt when it writes the mail.
 */
export function signInLinkToken(secret: string, attemptId: string): string {
  const mac = createHmac('sha256', keyFor(secret, 'sign-in-link')).update(`sign-in-link:${attemptId}`).digest()
  return Buffer.concat([Buffer.from(attemptId.replaceAll('-', ''), 'hex'), mac]).toString('base64url')
}

/** What an attempt stores instead of its secrets. Six digits are few, so their hash is keyed. */
export function signInSecrets(secret: string, attemptId: string) {
  return {
    linkHash: sha256(signInLinkToken(secret, attemptId)),
    codeHash: (code: string): Buffer =>
      createHmac('sha256', keyFor(secret, 'sign-in-code')).update(`${attemptId}:${code}`).digest(),
  }
}

/** The refresh token that follows this one: always the same, so that a lost answer can be asked for again. */
export function refreshSuccessor(secret: string, token: string): string {
  return createHmac('sha256', keyFor(secret, 'refresh-successor')).update(token).digest('base64url')
}
