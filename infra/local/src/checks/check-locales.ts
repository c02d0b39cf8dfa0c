import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { errorStatus } from '@meedenk/domain/errors'
import { root } from '../places.ts'
import { listFiles, readText } from '../workspaces.ts'

type Texts = Map<string, string>

const errorTexts = (language: string) => `packages/domain/locales/errors.${language}.json`

/** Makes `{ a: { b: 'x' } }` into `a.b -> x`. */
function flatten(value: unknown, key = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[key, String(value)]]
  return Object.entries(value).flatMap(([name, inner]) => flatten(inner, key ? `${key}.${name}` : name))
}

function readTexts(path: string): Texts {
  return new Map(flatten(JSON.parse(readText(path))))
}

const namedParts = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' ')

function compare(dutch: string, english: string): string[] {
  if (!existsSync(join(root, english))) return [`${english}: is missing beside ${dutch}`]
  const [nl, en] = [readTexts(dutch), readTexts(english)]
  const problems = (texts: Texts, others: Texts, path: string) =>
    [...texts].flatMap(([key, text]) => {
      if (text.trim() === '') return [`${path}: ${key} is empty`]
      return others.has(key) ? [] : [`${path}: ${key} is missing in the other language`]
    })
  const parts = [...nl].flatMap(([key, text]) =>
    namedParts(text) === namedParts(en.get(key) ?? text)
      ? []
      : [`${english}: ${key} names other {parts} than the Dutch text`],
  )
  return [...problems(nl, en, dutch), ...problems(en, nl, english), ...parts]
}

function checkLanguages(): string[] {
  const files = ['apps', 'packages']
    .flatMap((top) => listFiles(top, '.json'))
    .filter((path) => path.includes('/locales/'))
  return files.flatMap((path) => {
    if (/(^|[/.])nl\.json$/.test(path)) return compare(path, path.replace(/nl\.json$/, 'en.json'))
    const dutch = path.replace(/en\.json$/, 'nl.json')
    return existsSync(join(root, dutch)) ? [] : [`${path}: has no Dutch text beside it`]
  })
}

function checkErrors(): string[] {
  const texts = readTexts(errorTexts('nl'))
  const silent = Object.keys(errorStatus).filter((code) => !texts.has(code))
  const unknown = [...texts.keys()].filter((key) => !Object.hasOwn(errorStatus, key.split('.')[0] ?? ''))
  return [
    ...silent.map((code) => `${errorTexts('nl')}: ${code} has no text`),
    ...unknown.map((key) => `${errorTexts('nl')}: ${key} is no error code`),
  ]
}

const askedFor = /(?<![\w.])\$?te?\(\s*'([\w.-]+)'|keypath="([\w.-]+)"/g
const builtUp = /[`'"]([a-z]\w*(?:\.\w+)*\.)(?:\$\{|['"]\s*\+)/g

function checkUse(): string[] {
  const texts = new Map(listFiles('apps/web/src', '/nl.json', 'nl.json').flatMap((path) => [...readTexts(path)]))
  const sources = listFiles('apps/web/src', '.vue', '.ts').filter((path) => !path.endsWith('.test.ts'))
  const groups = new Set(
    [...texts.keys()].flatMap((key) => key.split('.').map((_, i, parts) => parts.slice(0, i).join('.'))),
  )
  const mentioned = new Set<string>()
  const prefixes = new Set<string>()
  const missing = sources.flatMap((path) => {
    const source = readText(path)
    for (const [, literal = ''] of source.matchAll(/['"`]([\w-]+(?:\.[\w-]+)+)['"`]/g)) mentioned.add(literal)
    for (const [, prefix = ''] of source.matchAll(builtUp)) prefixes.add(prefix)
    const keys = [...source.matchAll(askedFor)].map(([, called, named]) => called ?? named ?? '')
    return keys
      .filter((key) => !key.startsWith('errors.') && !texts.has(key) && !groups.has(key))
      .map((key) => `${path}: asks for ${key}, which has no text`)
  })
  const isUsed = (key: string) =>
    [...mentioned].some((name) => key === name || key.startsWith(`${name}.`)) ||
    [...prefixes].some((start) => key.startsWith(start))
  const unused = [...texts.keys()].filter((key) => !isUsed(key)).map((key) => `apps/web: nobody shows the text ${key}`)
  return [...missing, ...unused]
}

/** Both languages say the same things, every error has words, and every text is shown somewhere. */
export function checkLocales(): string[] {
  return [...checkLanguages(), ...checkErrors(), ...checkUse()]
}
