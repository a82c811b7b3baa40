import { eq } from 'drizzle-orm'
import type { Writer } from '../db/types.ts'
import { type UserRow, users } from './table.ts'

/** Locks the account until `tx` ends: of two requests that each take away one of the last two ways to
 *  sign in, the second sees what the first has done. */
export async function lockUser(tx: Writer, id: number): Promise<UserRow | undefined> {
  const [row] = await tx.select().from(users).where(eq(users.id, id)).for('update')
  return row
}
