import { jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { created, serialKey } from '../db/columns.ts'

export const categories = pgTable('categories', {
  id: serialKey(),
  name: text().notNull().unique('categories_name_key'),
  shortName: text().notNull().unique('categories_short_name_key'),
  description: text().notNull(),
  created: created(),
  info: jsonb().$type<Record<string, unknown>>().notNull().default({}),
})

export type CategoryRow = typeof categories.$inferSelect
