import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, jsonb, pgTable, uniqueIndex } from 'drizzle-orm/pg-core'
import { created } from '../db/columns.ts'
import { projects } from '../projects/table.ts'
import { tasks } from '../tasks/table.ts'

export const results = pgTable(
  'results',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    created: created(),
    projectId: integer()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    taskId: bigint({ mode: 'number' })
      .notNull()
      .references(() => tasks.id, { onDelete: 'cascade' }),
    taskRunIds: bigint({ mode: 'number' }).array().notNull(),
    lastVersion: boolean().notNull().default(true),
    info: jsonb().$type<unknown>(),
  },
  (t) => [
    // At most one current result per task, whatever runs twice.
    uniqueIndex('results_current_key').on(t.taskId).where(sql`${t.lastVersion}`),
    index('results_task_id_idx').on(t.taskId, t.id),
    index('results_project_id_idx').on(t.projectId, t.lastVersion, t.id),
    index('results_project_idx').on(t.projectId, t.id),
    index('results_old_idx').on(t.id).where(sql`not ${t.lastVersion}`),
    index('results_project_task_id_idx').on(t.projectId, t.taskId, t.id),
    index('results_project_created_idx').on(t.projectId, t.created, t.id),
    index('results_info_idx').using('gin', t.info.op('jsonb_path_ops')),
  ],
)

export type ResultRow = typeof results.$inferSelect
