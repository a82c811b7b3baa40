import { sql } from 'drizzle-orm'
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  text,
} from 'drizzle-orm/pg-core'
import { created } from '../db/columns.ts'
import { projects } from '../projects/table.ts'

/** Answers that a project was tried out with, put aside when it was published. */
export const archives = pgTable(
  'archives',
  {
    id: serial().primaryKey(),
    created: created(),
    projectId: integer()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    nTaskRuns: integer().notNull(),
    nResults: integer().notNull(),
  },
  (t) => [index('archives_project_id_idx').on(t.projectId, t.id)],
)

/** The rows of an archive as they were, under the names of the wire. */
export const archivedRows = pgTable(
  'archived_rows',
  {
    archiveId: integer()
      .notNull()
      .references(() => archives.id, { onDelete: 'cascade' }),
    kind: text().$type<'task_run' | 'result'>().notNull(),
    rowId: bigint({ mode: 'number' }).notNull(),
    content: jsonb().$type<Record<string, unknown>>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.archiveId, t.kind, t.rowId] }),
    // Whose answers they are, for when the account is erased.
    index('archived_rows_user_id_idx')
      .on(sql`(${t.content} ->> 'user_id')`)
      .where(sql`${t.kind} = 'task_run'`),
  ],
)

export type ArchiveRow = typeof archives.$inferSelect
