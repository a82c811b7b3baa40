import { and, desc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { ListQuery } from '../db/list.ts'
import type { Reader, Writer } from '../db/types.ts'
import { type UserRow, users, userWords } from './table.ts'

export type NewUser = Pick<UserRow, 'name' | 'fullname' | 'emailAddr' | 'passwdHash'> &
  Partial<UserRow>

/** Not one that was erased, although its row may still be there. */
export async function findUser(db: Reader, id: number): Promise<UserRow | undefined> {
  const [row] = await db
    .select()
    .from(users)
    .where(and(eq(users.id, id), isNull(users.erased)))
  return row
}

/** By e-mail address or user name, however capitalised. */
export async function findUserByLogin(db: Reader, login: string): Promise<UserRow | undefined> {
  const lower = login.toLowerCase()
  const [row] = await db
    .select()
    .from(users)
    .where(or(eq(sql`lower(${users.emailAddr})`, lower), eq(sql`lower(${users.name})`, lower)))
    // A name may look like somebody else's address: the address comes first.
    .orderBy(sql`(lower(${users.emailAddr}) = ${lower}) desc`)
    .limit(1)
  return row
}

export async function findUserByAddress(db: Reader, address: string): Promise<UserRow | undefined> {
  const [row] = await db
    .select()
    .from(users)
    .where(eq(sql`lower(${users.emailAddr})`, address.toLowerCase()))
  return row
}

/** By their name in the directory (LDAP). */
export async function findUserByLdap(db: Reader, ldap: string): Promise<UserRow | undefined> {
  const [row] = await db
    .select()
    .from(users)
    .where(and(eq(users.ldap, ldap), isNull(users.erased)))
  return row
}

export async function findUserByName(db: Reader, name: string): Promise<UserRow | undefined> {
  const [row] = await db
    .select()
    .from(users)
    .where(and(eq(sql`lower(${users.name})`, name.toLowerCase()), isNull(users.erased)))
  return row
}

/** Locks the account until `tx` ends; undefined when it is gone. */
export async function lockUser(tx: Writer, id: number): Promise<UserRow | undefined> {
  const [row] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, id), isNull(users.erased)))
    .for('update')
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

/** Undefined when the account has another address by now. */
export async function confirmUserAddress(
  db: Writer,
  { id, emailAddr }: Pick<UserRow, 'id' | 'emailAddr'>,
): Promise<UserRow | undefined> {
  const [row] = await db
    .update(users)
    .set({ validEmail: true })
    .where(and(eq(users.id, id), eq(users.emailAddr, emailAddr), isNull(users.erased)))
    .returning()
  return row
}

/** A page of accounts for the contract's list; nobody who is restricted or was erased. `openOnly`: only
 *  those of no privacy. */
export function listUsers(db: Reader, query: ListQuery, openOnly: boolean): Promise<UserRow[]> {
  const open = openOnly ? eq(users.privacyMode, false) : undefined
  return db
    .select()
    .from(users)
    .where(and(query.where, eq(users.restrict, false), isNull(users.erased), open))
    .orderBy(...query.orderBy)
    .limit(query.limit)
    .offset(query.offset)
}

/** Accounts with words that begin with each of `words`, the newest first; `before`: ids below it. */
export function searchUsers(
  db: Reader,
  q: { words: string[]; before: number | undefined; limit: number },
): Promise<UserRow[]> {
  const matches =
    q.words.length > 0
      ? sql`${userWords(users)} @@ to_tsquery('simple', ${toQuery(q.words)})`
      : undefined
  const page = q.before === undefined ? undefined : lt(users.id, q.before)
  return db
    .select()
    .from(users)
    .where(and(matches, page, isNull(users.erased)))
    .orderBy(desc(users.id))
    .limit(q.limit)
}

/** Each word quoted, as the beginning of one; the parser of the index cuts it the same way. */
function toQuery(words: string[]): string {
  return words.map((word) => `'${word.replaceAll(/['\\]/g, ' ')}':*`).join(' & ')
}

/** Locks every account that administers, so that two of them do not remove each other. */
export async function lockAdmins(tx: Writer): Promise<number[]> {
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .where(eq(users.admin, true))
    .orderBy(users.id)
    .for('update')
  return rows.map(({ id }) => id)
}
