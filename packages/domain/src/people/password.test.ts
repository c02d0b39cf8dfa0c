import { describe, expect, it } from 'vitest'
import { passwordProblem } from './password.ts'

const common = new Set(['1q2w3e4r5t6y', 'sonyericsson', 'dragon', 'liverpool', 'correcthorse'])
const own = ['noor.devries@voorbeeld.test', 'Noor de Vries']

describe('a password', () => {
  it.each([
    ['welkom', 'password_too_short'],
    ['elfTekensss', 'password_too_short'],
    ['🎈🎈🎈🎈🎈🎈', 'password_too_short'],
    ['SonyEricsson', 'password_breached'],
    ['aaaaaaaaaaaa', 'password_breached'],
    ['abcabcabcabcab', 'password_breached'],
    ['123456789012', 'password_breached'],
    ['qwertyuiop12', 'password_breached'],
    ['qwerty12345678', 'password_breached'],
    ['Welkom2026!!', 'password_breached'],
    ['W3lk0m2026!!', 'password_breached'],
    ['Meedenk12345!', 'password_breached'],
    ['dragon123456', 'password_breached'],
    ['!!Liverpool1892', 'password_breached'],
    ['Wachtwoord123456', 'password_breached'],
    ['noordevries12', 'password_breached'],
    ['DeVries-Noor-1980', 'password_breached'],
    ['geitenkaas fietst langzaam', null],
    ['vier kleine zomervogels', null],
    ['x8Kq-02mz-Lp4w', null],
    [`${'a'.repeat(5)}boterham met pindakaas`, null],
    ['пароль-длинный-и-редкий', null],
  ] as const)('%s: %s', (password, problem) => {
    expect(passwordProblem(password, own, common)).toBe(problem)
  })

  it('of a thousand characters is looked at in no time', () => {
    const before = performance.now()
    passwordProblem('ab12'.repeat(250), own, common)
    passwordProblem(`${'1q2w'.repeat(200)}x`, own, common)
    expect(performance.now() - before).toBeLessThan(2000)
  })
})
