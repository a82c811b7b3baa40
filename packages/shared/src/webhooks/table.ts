import { bigint, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { created } from '../db/columns.ts'
import { projects } from '../projects/table.ts'

/** One row per webhook call; a re-run updates its row. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    created: created(),
    updated: created(),
    projectId: integer()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    response: text(),
    responseStatusCode: integer(),
  },
  (t) => [index('webhook_deliveries_project_id_idx').on(t.projectId, t.id)],
)
