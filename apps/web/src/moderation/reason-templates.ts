import type { DecideReport } from '@meedenk/domain/moderation/schemas'
import type { RouteLocale } from '../shell/page-route.ts'

// The author may read another language than the moderator, so both are within reach.
const loaders: Record<RouteLocale, () => Promise<{ default: object }>> = {
  nl: () => import('./locales/nl.json'),
  en: () => import('./locales/en.json'),
}

/** A first version of the reason, per decision and house rule; the moderator makes it fit. */
export async function reasonTemplates(
  language: RouteLocale,
  decision: DecideReport['decision'],
  rule: number | null,
): Promise<string> {
  const { default: texts } = await loaders[language]()
  const broken = rule === null ? 'law' : `rule${rule}`
  const key = decision === 'hide' ? `moderation.template.hide.${broken}` : `moderation.template.${decision}`
  const text = key.split('.').reduce<unknown>((part, name) => isGroup(part) && part[name], texts)
  return typeof text === 'string' ? text : ''
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
