import { index, integer, jsonb, pgTable, text, varchar } from 'drizzle-orm/pg-core'
import { created, serialKey } from '../db/columns.ts'
import { projects } from '../projects/table.ts'

export const pages = pgTable(
  'pages',
  {
    id: serialKey(),
    created: created(),
    slug: varchar({ length: 255 }).notNull(),
    projectId: integer()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    info: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    mediaUrl: text(),
  },
  (t) => [index('pages_project_id_idx').on(t.projectId, t.id), index('pages_slug_idx').on(t.slug)],
)

export type PageRow = typeof pages.$inferSelect
