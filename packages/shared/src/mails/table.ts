import { integer, pgTable, text } from 'drizzle-orm/pg-core'
import { internalMoment } from '../db/columns.ts'

/** The development inbox: mails that would have been sent, where no SMTP server is configured. */
export const capturedMails = pgTable('captured_mails', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  created: internalMoment().notNull().defaultNow(),
  recipient: text().notNull(),
  subject: text().notNull(),
  text: text().notNull(),
  html: text(),
})

export type CapturedMailRow = typeof capturedMails.$inferSelect
