import { describe, expect, it } from 'vitest'
import { keyFor, seal, unseal } from './seal.ts'

const secret = 'a secret of at least thirty-two characters'

describe('a sealed text', () => {
  it('opens with the same secret and never looks the same twice', () => {
    const first = seal(secret, '123456 é 🎈')
    expect(unseal(secret, first)).toBe('123456 é 🎈')
    expect(seal(secret, '123456 é 🎈').equals(first)).toBe(false)
  })

  it('stays shut with another secret, a changed byte or an unknown version', () => {
    const sealed = seal(secret, '123456')
    expect(() => unseal(`${secret}!`, sealed)).toThrow()
    for (const place of [0, 5, 20, sealed.length - 1]) {
      const changed = Buffer.from(sealed)
      changed.writeUInt8((changed.readUInt8(place) + 1) % 256, place)
      expect(() => unseal(secret, changed)).toThrow()
    }
    expect(() => unseal(secret, sealed.subarray(0, 20))).toThrow()
  })

  it('has a key of its own for each purpose', () => {
    expect(keyFor(secret, 'a').equals(keyFor(secret, 'b'))).toBe(false)
  })
})
