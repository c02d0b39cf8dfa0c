import { expect, test } from 'vitest'
import { readAddress, readSubject } from './report-subject.ts'

const id = '0190a000-0000-7000-8000-000000000001'

test.each([
  [`question:${id}`, { kind: 'question', id }],
  [`answer:${id}`, { kind: 'answer', id }],
  [`person:${id}`, undefined],
  ['question:1', undefined],
  [undefined, undefined],
])('%s as a subject', (value, subject) => {
  expect(readSubject(value)).toEqual(subject)
})

test.each([
  ['https://meedenk.nl/vragen/1234-hoe-blijf-ik', { number: 1234, answerId: undefined }],
  ['/en/questions/7', { number: 7, answerId: undefined }],
  [`https://x.nl/vragen/9-a#antwoord-${id}`, { number: 9, answerId: id }],
  ['https://meedenk.nl/over', undefined],
])('%s as an address', (text, found) => {
  expect(readAddress(text)).toEqual(found)
})
