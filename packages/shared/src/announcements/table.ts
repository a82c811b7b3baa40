import { boolean, index, integer, jsonb, pgTable, text, varchar } from 'drizzle-orm/pg-core'
import { created, serialKey, updated } from '../db/columns.ts'
import { users } from '../users/table.ts'

export const announcements = pgTable(
  'announcements',
  {
    id: serialKey(),
    created: created(),
    updated: updated(),
    userId: integer().references(() => users.id, { onDelete: 'set null' }),
    title: varchar({ length: 255 }).notNull(),
    body: text().notNull(),
    info: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    mediaUrl: text(),
    published: boolean().notNull().default(false),
  },
  (t) => [
    index('announcements_published_idx').on(t.published, t.id),
    index('announcements_user_id_idx').on(t.userId),
  ],
)

export type AnnouncementRow = typeof announcements.$inferSelect
