import { expect, it } from 'vitest'
import { deviceOf } from './device.ts'
import { handleOf, isGivenHandle, newHandle } from './handle.ts'

it.each([
  ['Fatima el Amrani', 'fatima-el-amrani'],
  ['  José Çelik-Ünal ', 'jose-celik-unal'],
  ["D'Angelo", 'd-angelo'],
  ['<b>Bo</b>', 'bbob'],
  ['李', null],
  ['Jo', null],
  ['a'.repeat(60), 'a'.repeat(36)],
])('the handle of %s is %s', (name, handle) => {
  expect(handleOf(name)).toBe(handle)
})

it('tells a given handle from a chosen one', () => {
  expect(isGivenHandle(newHandle('ab12cd34'))).toBe(true)
  expect(isGivenHandle('lid-van-de-raad')).toBe(false)
})

it.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Windows'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari, iPhone',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    'Edge, Windows',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
    'Chrome, Android',
  ],
  ['curl/8', ''],
])('recognises the device of %s', (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device)
})
