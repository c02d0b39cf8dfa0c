import type { RegionView } from '@meedenk/domain/themes/schemas'

/** The labour market regions by name, each under the code of one of its municipalities, which is what the API asks for. */
export function regionChoices(regions: RegionView[], chosen: string | null): { value: string; label: string }[] {
  const codes = new Map<string, string>()
  for (const { code, region } of regions) if (!codes.has(region) || code === chosen) codes.set(region, code)
  return [...codes].map(([label, value]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label, 'nl'))
}
