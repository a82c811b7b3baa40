import { bigint, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { internalMoment } from '../db/columns.ts'

/** What must happen after a commit. Written in the transaction that makes it necessary, taken away
 *  by the relay once the jobs are queued: Redis may lose everything, this table does not. */
export const outbox = pgTable('outbox', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  topic: text().notNull(),
  payload: jsonb().$type<unknown>().notNull(),
  created: internalMoment().notNull().defaultNow(),
})
