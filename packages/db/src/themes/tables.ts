import { boolean, index, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { newId } from '../columns.ts'

export const themes = pgTable(
  'themes',
  {
    id: newId().primaryKey(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    nameEn: text().notNull(),
    description: text().notNull(),
    keywords: text().array().notNull(),
    bond: text().notNull(),
    tint: text().notNull(),
    position: smallint().notNull(),
    hidden: boolean().notNull().default(false),
    /** The person who is asked first when a question on this theme stays silent. */
    guardianId: uuid(),
  },
  (t) => [index('themes_by_guardian').on(t.guardianId)],
)

/** Themes whose experts may know something too, nearest first. */
export const themeNeighbours = pgTable(
  'theme_neighbours',
  {
    themeId: uuid()
      .notNull()
      .references(() => themes.id, { onDelete: 'cascade' }),
    neighbourId: uuid()
      .notNull()
      .references(() => themes.id, { onDelete: 'cascade' }),
    distance: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.themeId, t.neighbourId] }),
    index('theme_neighbours_by_neighbour').on(t.neighbourId),
  ],
)

/** The 342 municipalities; source and licence in infra/local/content/SOURCES.md. */
export const regions = pgTable(
  'regions',
  {
    code: text().primaryKey(),
    name: text().notNull(),
    province: text().notNull(),
    /** Labour market region (35): what "my region" means in routing. */
    region: text().notNull(),
    aliases: text().array().notNull(),
    inhabitants: integer().notNull(),
  },
  (t) => [index('regions_by_region').on(t.region)],
)
