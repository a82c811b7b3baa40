import { and, asc, eq, lt, or, sql } from 'drizzle-orm'
import type { Reader, Writer } from '../db/types.ts'
import { type PasskeyRow, passkeys } from './table.ts'

export type NewPasskey = Omit<PasskeyRow, 'created' | 'lastUsed'>

/** Throws a unique violation (`passkeys_pkey`) for a credential that is there already. */
export async function insertPasskey(db: Writer, passkey: NewPasskey): Promise<PasskeyRow> {
  const [row] = await db.insert(passkeys).values(passkey).returning()
  if (!row) throw new Error('insert returned no row')
  return row
}

/** All of an account's: adding keeps them few. */
export function listPasskeys(db: Reader, userId: number): Promise<PasskeyRow[]> {
  return db
    .select()
    .from(passkeys)
    .where(eq(passkeys.userId, userId))
    .orderBy(asc(passkeys.created), asc(passkeys.id))
}

export async function findPasskey(db: Reader, id: string): Promise<PasskeyRow | undefined> {
  const [row] = await db.select().from(passkeys).where(eq(passkeys.id, id))
  return row
}

/** Stores the authenticator's count of its signatures. False when it does not go up: two signatures with
 *  one count come from two copies of the key. Authenticators that do not count say zero each time. */
export async function countPasskeyUse(
  db: Writer,
  id: string,
  use: { counter: number; backedUp: boolean },
): Promise<boolean> {
  const counted =
    use.counter === 0
      ? eq(passkeys.counter, 0)
      : or(lt(passkeys.counter, use.counter), eq(passkeys.counter, 0))
  const rows = await db
    .update(passkeys)
    .set({ ...use, lastUsed: sql`now()` })
    .where(and(eq(passkeys.id, id), counted))
    .returning({ id: passkeys.id })
  return rows.length > 0
}

export async function renamePasskey(
  db: Writer,
  userId: number,
  id: string,
  name: string,
): Promise<PasskeyRow | undefined> {
  const [row] = await db
    .update(passkeys)
    .set({ name })
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId)))
    .returning()
  return row
}

export async function deletePasskey(db: Writer, userId: number, id: string): Promise<boolean> {
  const rows = await db
    .delete(passkeys)
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId)))
    .returning({ id: passkeys.id })
  return rows.length > 0
}
