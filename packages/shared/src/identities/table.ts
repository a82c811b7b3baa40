import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { internalMoment } from '../db/columns.ts'
import { users } from '../users/table.ts'

/** Accounts at an OpenID Connect provider that open an account here. */
export const identities = pgTable(
  'identities',
  {
    issuer: text().notNull(),
    subject: text().notNull(),
    userId: integer()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    created: internalMoment().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.issuer, t.subject] }),
    index('identities_user_id_idx').on(t.userId),
  ],
)

export type IdentityRow = typeof identities.$inferSelect
