import type { Gathered } from '@meedenk/actions/privacy/gather-export'
import en from './locales/en.json' with { type: 'json' }
import nl from './locales/nl.json' with { type: 'json' }

type Texts = typeof nl
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

/** Everything about one person as one page with nothing from elsewhere, in the order of the export. */
export function layOutExport({ locale, requestedAt, parts }: Gathered): string {
  const texts: Texts = { nl, en }[locale]
  const say = new Speaker(texts, locale)
  const sections = parts.map(({ name, rows }) => {
    const title = say.part(name)
    const body =
      rows.length === 0 ? `<p class="none">${safe(texts.none)}</p>` : rows.map((row) => say.row(row)).join('\n')
    return `<section id="${safe(name)}"><h2>${safe(title)} <span>${rows.length}</span></h2>\n${body}</section>`
  })
  const contents = parts.map(
    ({ name, rows }) => `<li><a href="#${safe(name)}">${safe(say.part(name))}</a> ${rows.length}</li>`,
  )
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>${safe(texts.title)}</title>
<style>${style}</style></head>
<body><main><h1>${safe(texts.title)}</h1><p>${safe(texts.lead)}</p><p>${safe(texts.madeAt)} ${safe(say.value(requestedAt))}</p>
<nav><ul>${contents.join('')}</ul></nav>
${sections.join('\n')}
</main></body></html>
`
}

class Speaker {
  private readonly texts: Texts
  private readonly date: Intl.DateTimeFormat

  constructor(texts: Texts, locale: 'nl' | 'en') {
    this.texts = texts
    const style = { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Amsterdam' } as const
    this.date = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'nl-NL', style)
  }

  part(name: string): string {
    return this.find(this.texts.parts, name)
  }

  row(row: Record<string, unknown>): string {
    const lines = Object.entries(row)
      .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
      .map(([name, value]) => `<dt>${safe(this.find(this.texts.fields, name))}</dt><dd>${this.html(value)}</dd>`)
    return `<dl>${lines.join('')}</dl>`
  }

  value(value: unknown): string {
    if (typeof value === 'boolean') return value ? this.texts.yes : this.texts.no
    if (typeof value === 'string' && moment.test(value)) return this.date.format(new Date(value))
    return String(value)
  }

  private html(value: unknown): string {
    if (Array.isArray(value))
      return value.every((one) => typeof one !== 'object')
        ? safe(value.join(', '))
        : value.map((one) => this.html(one)).join('')
    if (typeof value === 'object' && value !== null) return this.row({ ...value })
    return safe(this.value(value)).replaceAll('\n', '<br>')
  }

  /** A name without a text shows itself: better an English word than a gap. */
  private find(texts: Record<string, string>, name: string): string {
    return texts[name] ?? name
  }
}

const unsafe: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const safe = (text: string): string => text.replace(/[&<>"']/g, (sign) => unsafe[sign] ?? sign)

const style = `:root{color-scheme:light dark}
body{margin:0;font:17px/1.55 "Atkinson Hyperlegible Next","Segoe UI",Helvetica,Arial,sans-serif;background:Canvas;color:CanvasText}
main{max-width:720px;margin:0 auto;padding:32px 20px 80px}
h1{font-size:28px;line-height:1.25}h2{font-size:21px;margin:44px 0 12px;padding-top:16px;border-top:3px solid #23876a}
h2 span{font-weight:400;opacity:.75}nav ul{columns:2;padding-left:20px}
dl{margin:0 0 16px;padding:12px 16px;border:1px solid #9aa8a1;border-radius:10px;display:grid;grid-template-columns:minmax(120px,200px) 1fr;gap:4px 16px}
dt{font-weight:700}dd{margin:0;overflow-wrap:anywhere;white-space:normal}dd dl{padding:8px 12px}
@media(max-width:520px){dl{grid-template-columns:1fr}dd{margin-bottom:8px}nav ul{columns:1}}`
