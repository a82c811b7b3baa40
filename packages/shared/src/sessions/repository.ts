import { and, desc, eq, gt, inArray, isNull, lt, ne, sql } from 'drizzle-orm'
import type { Reader, Writer } from '../db/types.ts'
import { type UserRow, users } from '../users/table.ts'
import { type SessionRow, sessions } from './table.ts'

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
    .where(
      and(
        eq(sessions.tokenHash, tokenHash),
        gt(sessions.expires, sql`now()`),
        isNull(users.erased),
      ),
    )
  return row?.user
}

export async function deleteSession(db: Writer, tokenHash: Uint8Array): Promise<void> {
  await db.delete(sessions).where(eq(sessions.tokenHash, tokenHash))
}

/** The sessions of an account that have not expired, the newest first. */
export function listSessions(db: Reader, userId: number, limit: number): Promise<SessionRow[]> {
  return db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expires, sql`now()`)))
    .orderBy(desc(sessions.created))
    .limit(limit)
}

export async function listSessionHashes(db: Writer, userId: number): Promise<Uint8Array[]> {
  const rows = await db
    .select({ tokenHash: sessions.tokenHash })
    .from(sessions)
    .where(eq(sessions.userId, userId))
  return rows.map(({ tokenHash }) => tokenHash)
}

export async function findSession(
  db: Writer,
  tokenHash: Uint8Array,
): Promise<SessionRow | undefined> {
  const [row] = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expires, sql`now()`)))
  return row
}

/** Ends the sessions of an account, but for `kept`. Returns which: their cache tags are to be dropped. */
export async function endSessions(
  tx: Writer,
  userId: number,
  kept?: Uint8Array,
): Promise<Uint8Array[]> {
  const rows = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), kept && ne(sessions.tokenHash, kept)))
    .returning({ tokenHash: sessions.tokenHash })
  return rows.map(({ tokenHash }) => tokenHash)
}

/** Deletes at most `limit` sessions that have expired; returns how many. */
export async function deleteExpiredSessions(db: Writer, limit: number): Promise<number> {
  const old = db
    .select({ tokenHash: sessions.tokenHash })
    .from(sessions)
    .where(lt(sessions.expires, sql`now()`))
    .limit(limit)
  const rows = await db
    .delete(sessions)
    .where(inArray(sessions.tokenHash, old))
    .returning({ userId: sessions.userId })
  return rows.length
}
