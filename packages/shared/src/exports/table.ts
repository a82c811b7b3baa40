import { bigint, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { internalMoment } from '../db/columns.ts'
import { projects } from '../projects/table.ts'
import { users } from '../users/table.ts'

/** One row per requested export: its progress while it runs, its artefact when it is done. */
export const exports_ = pgTable(
  'exports',
  {
    id: uuid().primaryKey().defaultRandom(),
    projectId: integer()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    requestedBy: integer().references(() => users.id, { onDelete: 'set null' }),
    type: text().$type<'task' | 'task_run' | 'result'>().notNull(),
    format: text().$type<'csv' | 'json'>().notNull(),
    state: text()
      .$type<'waiting' | 'running' | 'done' | 'failed' | 'cancelled'>()
      .notNull()
      .default('waiting'),
    rowsDone: bigint({ mode: 'number' }).notNull().default(0),
    rowsTotal: bigint({ mode: 'number' }),
    fileName: text(),
    storageKey: text(),
    bytes: bigint({ mode: 'number' }),
    sha256: text(),
    error: text(),
    created: internalMoment().notNull().defaultNow(),
    started: internalMoment(),
    finished: internalMoment(),
  },
  (t) => [
    index('exports_project_id_idx').on(t.projectId, t.created),
    index('exports_state_idx').on(t.state, t.created),
  ],
)

export type ExportRow = typeof exports_.$inferSelect
