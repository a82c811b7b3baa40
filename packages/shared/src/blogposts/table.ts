import { boolean, index, integer, jsonb, pgTable, text, varchar } from 'drizzle-orm/pg-core'
import { created, serialKey, updated } from '../db/columns.ts'
import { projects } from '../projects/table.ts'
import { users } from '../users/table.ts'

export const blogposts = pgTable(
  'blogposts',
  {
    id: serialKey(),
    created: created(),
    updated: updated(),
    projectId: integer()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    userId: integer().references(() => users.id, { onDelete: 'set null' }),
    title: varchar({ length: 255 }).notNull(),
    body: text().notNull(),
    info: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    mediaUrl: text(),
    published: boolean().notNull().default(false),
  },
  (t) => [
    index('blogposts_project_id_idx').on(t.projectId, t.id),
    index('blogposts_user_id_idx').on(t.userId),
  ],
)

export type BlogpostRow = typeof blogposts.$inferSelect
