import { index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { bytes, internalMoment } from '../db/columns.ts'
import { users } from '../users/table.ts'

export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the cookie's token: a copy of this table opens no session. */
    tokenHash: bytes().primaryKey(),
    userId: integer()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    created: internalMoment().notNull().defaultNow(),
    expires: internalMoment().notNull(),
    /** What the browser calls itself, so that people recognise their sessions. */
    userAgent: text(),
  },
  (t) => [index('sessions_user_id_idx').on(t.userId), index('sessions_expires_idx').on(t.expires)],
)

export type SessionRow = typeof sessions.$inferSelect
