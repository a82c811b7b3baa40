import { eq, or, sql } from 'drizzle-orm'
import type { Reader, Writer } from '../db/types.ts'
import { type UserRow, users } from './table.ts'

export type NewUser = Pick<UserRow, 'name' | 'fullname' | 'emailAddr' | 'passwdHash'> &
  Partial<UserRow>

export async function findUser(db: Reader, id: number): Promise<UserRow | undefined> {
  const [row] = await db.select().from(users).where(eq(users.id, id))
  return row
}

/** By e-mail address or user name, however capitalised. */
export async function findUserByLogin(db: Reader, login: string): Promise<UserRow | undefined> {
  const lower = login.toLowerCase()
  const [row] = await db
    .select()
    .from(users)
    .where(or(eq(sql`lower(${users.emailAddr})`, lower), eq(sql`lower(${users.name})`, lower)))
    .limit(1)
  return row
}

export async function findUserByApiKeyHash(
  db: Reader,
  hash: Uint8Array,
): Promise<UserRow | undefined> {
  const [row] = await db.select().from(users).where(eq(users.apiKeyHash, hash))
  return row
}

/** Throws a unique violation (`users_email_addr_key`, `users_name_key`) for what is taken. */
export async function insertUser(db: Writer, user: NewUser): Promise<UserRow> {
  const [row] = await db.insert(users).values(user).returning()
  if (!row) throw new Error('insert returned no row')
  return row
}

export async function updateUser(
  db: Writer,
  id: number,
  change: Partial<Omit<UserRow, 'id'>>,
): Promise<UserRow | undefined> {
  const [row] = await db.update(users).set(change).where(eq(users.id, id)).returning()
  return row
}
