/** Text that may stand in a page as it is; made by `html` only. */
export type Html = { readonly html: string }
type Value = Html | Html[] | string | number | null | undefined | false

const unsafe = /[&<>"']/g
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Makes text harmless in content and between the quotes of an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(unsafe, (character) => entities[character] ?? '')
}

/** A piece of a page. Everything put into it is escaped, unless it is a piece itself; nothing shows for null and false. */
export function html(pieces: TemplateStringsArray, ...values: Value[]): Html {
  let text = pieces[0] ?? ''
  for (let index = 0; index < values.length; index += 1) text += shown(values[index]) + (pieces[index + 1] ?? '')
  return { html: text }
}

/** Text of people with its line breaks, also where no stylesheet is read. */
export function withBreaks(text: string): Html {
  return { html: escapeHtml(text).replaceAll('\n', '<br>') }
}

/** JSON inside a script element, where only the start of a tag could end it; nothing wider than Latin is left, so that it is quick to send. */
export function jsonBlock(attributes: string, json: string): Html {
  return { html: `<script ${attributes}>${json.replace(beyondLatin, escapeUnit)}</script>` }
}

const beyondLatin = /[<\u0100-\uffff]/g
const escapeUnit = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Pieces that never change, made once. */
export const nothing: Html = { html: '' }

function shown(value: Value): string {
  if (value === null || value === undefined || value === false) return ''
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number') return String(value)
  if (!Array.isArray(value)) return value.html
  let text = ''
  for (const piece of value) text += piece.html
  return text
}
