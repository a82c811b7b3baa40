import { bigint, boolean, index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { bytes, internalMoment } from '../db/columns.ts'
import { users } from '../users/table.ts'

/** Public keys with which an account signs in without a password (WebAuthn). */
export const passkeys = pgTable(
  'passkeys',
  {
    /** The credential id, base64url. */
    id: text().primaryKey(),
    userId: integer()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** What its owner calls it. */
    name: text().notNull(),
    publicKey: bytes().notNull(),
    /** Signatures so far, as the authenticator counts them: one that falls back was copied. */
    counter: bigint({ mode: 'number' }).notNull().default(0),
    transports: text().array().notNull(),
    backedUp: boolean().notNull().default(false),
    created: internalMoment().notNull().defaultNow(),
    lastUsed: internalMoment(),
  },
  (t) => [index('passkeys_user_id_idx').on(t.userId)],
)

export type PasskeyRow = typeof passkeys.$inferSelect
