import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { PageLocale } from './page-words.ts'
import { type Html, html, nothing } from './safe-html.ts'

const Part = z.object({
  title: z.string(),
  anchor: z.string().optional(),
  text: z.array(z.string()).default([]),
  list: z.array(z.string()).default([]),
})
const Item = z.object({ title: z.string(), text: z.string().optional(), example: z.string().optional() })
const Info = z.object({
  title: z.string(),
  lead: z.string(),
  steps: z.array(Item).default([]),
  items: z.array(Item).default([]),
  sections: z.array(Part).default([]),
  updated: z.string().optional(),
})
const names = ['how', 'rules', 'accessibility', 'privacy', 'about'] as const
export type InfoName = (typeof names)[number]
type InfoTexts = Record<InfoName, { title: string; lead: string; content: Html }>

/** The pages of plain text as the web app has them; its build leaves them beside itself, so that they are written once. */
export function readInfoTexts(webDir: string, locale: PageLocale): Partial<InfoTexts> {
  const path = join(webDir, 'texts', `info.${locale}.json`)
  if (!existsSync(path)) return {}
  const { info } = z.object({ info: z.record(z.string(), z.unknown()) }).parse(JSON.parse(readFileSync(path, 'utf8')))
  return Object.fromEntries(
    names.flatMap((name) => {
      const read = Info.safeParse(info[name])
      return read.success
        ? [[name, { title: read.data.title, lead: read.data.lead, content: contentOf(read.data) }]]
        : []
    }),
  )
}

function contentOf(info: z.output<typeof Info>): Html {
  const steps =
    info.steps.length > 0
      ? html`<ol class="md-prose">${info.steps.map((step) => html`<li><h2>${step.title}</h2><p>${step.text}</p></li>`)}</ol>`
      : nothing
  const rules = info.items.map(
    (rule, index) =>
      html`<li class="md-card"><span class="md-rules-number md-display" aria-hidden="true">${index + 1}</span><div><h2>${rule.title}</h2><p class="md-muted">${rule.example}</p></div></li>`,
  )
  const parts = info.sections.map(
    (part) =>
      html`<h2${part.anchor ? html` id="${part.anchor}"` : null}>${part.title}</h2>${part.text.map((text) => html`<p>${text}</p>`)}${part.list.length > 0 && html`<ul>${part.list.map((item) => html`<li>${item}</li>`)}</ul>`}`,
  )
  return html`${steps}${rules.length > 0 && html`<ol class="md-rules">${rules}</ol>`}<div class="md-prose">${parts}</div>${info.updated && html`<p class="md-small md-muted">${info.updated}</p>`}`
}
