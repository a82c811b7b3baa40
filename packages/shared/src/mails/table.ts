import { index, integer, jsonb, pgTable, text, uuid, varchar } from 'drizzle-orm/pg-core'
import { internalMoment } from '../db/columns.ts'
import type { MailKind } from './contract.ts'

/** Mails that were ordered and not sent yet: a row goes with its mail. It holds what the account may no
 *  longer have by then (its old address, its name), so that a queue holds ids only. */
export const mails = pgTable(
  'mails',
  {
    id: uuid().primaryKey().defaultRandom(),
    kind: text().$type<MailKind>().notNull(),
    recipient: varchar({ length: 254 }).notNull(),
    fullname: varchar({ length: 500 }).notNull(),
    locale: varchar({ length: 254 }).notNull(),
    /** What the kind's contract says: ids and facts, never anything that opens an account. */
    data: jsonb().$type<Record<string, unknown>>().notNull(),
    created: internalMoment().notNull().defaultNow(),
    /** When a worker last began to send it. */
    tried: internalMoment(),
  },
  (t) => [index('mails_created_idx').on(t.created)],
)

export type MailRow = typeof mails.$inferSelect

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
