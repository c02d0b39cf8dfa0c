import { z } from 'zod'
import { Id } from '../pages.ts'

export const bonds = ['herringbone', 'stretcher', 'block', 'wild'] as const
export const tints = ['gracht', 'koraal', 'lucht', 'kamer', 'zon'] as const

export const ThemeView = z
  .object({
    id: Id,
    slug: z.string(),
    name: z.string(),
    nameEn: z.string(),
    description: z.string(),
    keywords: z.array(z.string()),
    bond: z.enum(bonds),
    tint: z.enum(tints),
    experts: z.int(),
    questions: z.int(),
  })
  .meta({ id: 'Theme' })
export type ThemeView = z.output<typeof ThemeView>
export const ThemeList = z.object({ items: z.array(ThemeView) }).meta({ id: 'ThemeList' })

/** A municipality code of Statistics Netherlands, such as GM0344. */
export const RegionCode = z.string().regex(/^GM\d{4}$/)
export const RegionView = z
  .object({ code: RegionCode, name: z.string(), province: z.string(), region: z.string() })
  .meta({ id: 'Region' })
export type RegionView = z.output<typeof RegionView>
export const RegionList = z.object({ items: z.array(RegionView) }).meta({ id: 'RegionList' })
