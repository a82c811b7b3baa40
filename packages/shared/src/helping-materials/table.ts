import { doublePrecision, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { created, serialKey } from '../db/columns.ts'
import { projects } from '../projects/table.ts'

export const helpingMaterials = pgTable(
  'helping_materials',
  {
    id: serialKey(),
    created: created(),
    projectId: integer()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    info: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    mediaUrl: text(),
    priority: doublePrecision().notNull().default(0),
  },
  (t) => [index('helping_materials_project_id_idx').on(t.projectId, t.id)],
)

export type HelpingMaterialRow = typeof helpingMaterials.$inferSelect
