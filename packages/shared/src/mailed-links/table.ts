import { index, integer, pgTable, text, uuid, varchar } from 'drizzle-orm/pg-core'
import { internalMoment } from '../db/columns.ts'
import { users } from '../users/table.ts'

/** Links in mails that prove who owns an address. The token in the link is this id and its signature, so
 *  neither this table nor a queue holds anything that opens an account. Used once: the row goes. */
export const mailedLinks = pgTable(
  'mailed_links',
  {
    id: uuid().primaryKey().defaultRandom(),
    purpose: text().$type<'confirm-email' | 'reset-password'>().notNull(),
    userId: integer()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The address that the mail goes to. */
    emailAddr: varchar({ length: 254 }).notNull(),
    created: internalMoment().notNull().defaultNow(),
    expires: internalMoment().notNull(),
  },
  (t) => [
    index('mailed_links_user_id_idx').on(t.userId),
    index('mailed_links_expires_idx').on(t.expires),
  ],
)

export type MailedLinkRow = typeof mailedLinks.$inferSelect
