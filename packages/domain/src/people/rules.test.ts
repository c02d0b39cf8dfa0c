import { describe, expect, it } from 'vitest'
import { mayChangeSignIn, mayEditProfile, maySeeField } from './rules.ts'

const now = new Date('2026-11-21T12:00:00Z')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

describe('changing the ways in', () => {
  it.each([
    { name: 'just proven by mail, nothing stronger', level: 1, minutes: 1, passkeys: 0, totp: false, allowed: true },
    { name: 'proven by mail a quarter of an hour ago', level: 1, minutes: 15, passkeys: 0, totp: false, allowed: true },
    { name: 'proven by mail too long ago', level: 1, minutes: 16, passkeys: 0, totp: false, allowed: false },
    { name: 'only by mail while there is a passkey', level: 1, minutes: 1, passkeys: 1, totp: false, allowed: false },
    {
      name: 'only by mail while there is an app with codes',
      level: 1,
      minutes: 1,
      passkeys: 0,
      totp: true,
      allowed: false,
    },
    { name: 'just proven strongly', level: 2, minutes: 1, passkeys: 1, totp: true, allowed: true },
    { name: 'proven strongly too long ago', level: 2, minutes: 16, passkeys: 1, totp: false, allowed: false },
  ] as const)('$name: $allowed', ({ level, minutes, passkeys, totp, allowed }) => {
    const verdict = mayChangeSignIn({ level, provenAt: minutesAgo(minutes) }, { passkeys, totp }, now)
    expect(verdict).toEqual(allowed ? { allowed: true } : { allowed: false, because: 'step_up_required' })
  })
})

describe('editing a profile', () => {
  it('is for active people; a paused person may still hide and choose a language', () => {
    expect(mayEditProfile({ state: 'active' }, { about: 'Ik help graag', name: 'Noor' }).allowed).toBe(true)
    expect(mayEditProfile({ state: 'paused' }, { visibility: { profile: 'nobody' }, locale: 'en' }).allowed).toBe(true)
    expect(mayEditProfile({ state: 'paused' }, { about: 'Toch schrijven', locale: 'en' })).toEqual({
      allowed: false,
      because: 'account_paused',
    })
  })
})

describe('seeing a field', () => {
  it.each([
    ['everyone', false, false, true],
    ['everyone', true, false, true],
    ['members', false, false, false],
    ['members', true, false, true],
    ['nobody', true, false, false],
    ['nobody', true, true, true],
  ] as const)('shown to %s, reader is a member %s and oneself %s: %s', (visibility, isMember, isSelf, seen) => {
    expect(maySeeField(visibility, { isMember, isSelf })).toBe(seen)
  })
})
