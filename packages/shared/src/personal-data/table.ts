import { bigint, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { internalMoment } from '../db/columns.ts'
import { users } from '../users/table.ts'

/** Archives of everything that the platform keeps of an account, made when its person asks. */
export const personalDataExports = pgTable(
  'personal_data_exports',
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: integer()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    state: text().$type<'waiting' | 'done' | 'failed'>().notNull().default('waiting'),
    bytes: bigint({ mode: 'number' }),
    created: internalMoment().notNull().defaultNow(),
    /** When a worker last began to write it. */
    tried: internalMoment(),
    finished: internalMoment(),
  },
  (t) => [
    index('personal_data_exports_user_id_idx').on(t.userId, t.created),
    index('personal_data_exports_created_idx').on(t.created),
  ],
)

export type PersonalDataExportRow = typeof personalDataExports.$inferSelect
