import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Each use of the one secret has a key of its own, so that what one leaks opens nothing of another. */
export function keyFor(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'meedenk', purpose, 32))
}

// The first byte says which way of sealing was used, so that a later one can still open what this one sealed.
const version = 1
const nonceBytes = 12
const tagBytes = 16

/** Seals a text that the product itself must be able to read again: AES-256-GCM. */
export function seal(secret: string, text: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, 'seal.1'), nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), sealed])
}

/** Opens what `seal` made; throws when it was made with another secret or was changed. */
export function unseal(secret: string, bytes: Uint8Array): string {
  const all = Buffer.from(bytes)
  if (all[0] !== version) throw new Error(`Sealed in an unknown way: ${all[0]}`)
  const nonce = all.subarray(1, 1 + nonceBytes)
  const tag = all.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes)
  const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, 'seal.1'), nonce, { authTagLength: tagBytes })
  decipher.setAuthTag(tag)
  return Buffer.concat([decipher.update(all.subarray(1 + nonceBytes + tagBytes)), decipher.final()]).toString('utf8')
}
