import en from './locales/en.json' with { type: 'json' }
import nl from './locales/nl.json' with { type: 'json' }

export type Locale = 'nl' | 'en'
const texts = { nl, en }

type Group = keyof typeof nl
type KeyOf<Name extends Group> = (typeof nl)[Name] extends string
  ? Name
  : `${Name}.${Extract<keyof (typeof nl)[Name], string>}`
/** Every text of the mails: a key that does not exist does not compile. */
export type TextKey = { [Name in Group]: KeyOf<Name> }[Group]
export type Say = (key: TextKey, parts?: Record<string, string | number>) => string

/** Reads texts in one language; `one | more` is chosen by the part `n`. */
export function sayInLanguage(locale: Locale): Say {
  return (key, parts = {}) => {
    const [one = '', more] = find(texts[locale], key).split(' | ')
    const text = more !== undefined && parts['n'] !== 1 ? more : one
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(parts[name] ?? ''))
  }
}

function find(all: (typeof texts)[Locale], key: TextKey): string {
  const found = key.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], all) // A key of the file itself, by its type.
  return String(found)
}
