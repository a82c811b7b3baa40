import { and, eq, gt, lt, sql } from 'drizzle-orm'
import type { Reader, Writer } from '../db/types.ts'
import { type UserRow, users } from '../users/table.ts'
import { sessions } from './table.ts'

type NewSession = Omit<typeof sessions.$inferSelect, 'created'>

export async function insertSession(db: Writer, session: NewSession): Promise<void> {
  await db.insert(sessions).values(session)
}

/** The account of a session that has not expired. */
export async function findSessionUser(
  db: Reader,
  tokenHash: Uint8Array,
): Promise<UserRow | undefined> {
  const [row] = await db
    .select({ user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expires, sql`now()`)))
  return row?.user
}

export async function deleteSession(db: Writer, tokenHash: Uint8Array): Promise<void> {
  await db.delete(sessions).where(eq(sessions.tokenHash, tokenHash))
}

export async function deleteExpiredSessions(db: Writer): Promise<void> {
  await db.delete(sessions).where(lt(sessions.expires, sql`now()`))
}
