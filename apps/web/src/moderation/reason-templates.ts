import type { DecideReport } from '@meedenk/domain/moderation/schemas'
import type { RouteLocale } from '../shell/page-route.ts'

interface Templates {
  keep: string
  restore: string
  hide: Record<string, string>
}

// The author may read another language than the moderator, so both are within reach.
const loaders: Record<RouteLocale, () => Promise<Templates>> = {
  nl: () => import('./locales/nl.json').then(({ default: texts }) => texts.moderation.template),
  en: () => import('./locales/en.json').then(({ default: texts }) => texts.moderation.template),
}

/** A first version of the reason, per decision and house rule; the moderator makes it fit. */
export async function reasonTemplates(
  language: RouteLocale,
  decision: DecideReport['decision'],
  rule: number | null,
): Promise<string> {
  const templates = await loaders[language]()
  return decision === 'hide' ? (templates.hide[rule === null ? 'law' : `rule${rule}`] ?? '') : templates[decision]
}
