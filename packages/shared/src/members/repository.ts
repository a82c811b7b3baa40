import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../db/types.ts'
import { type ProjectRow, projects } from '../projects/table.ts'
import { notTrashed } from '../projects/visibility.ts'
import { users } from '../users/table.ts'
import type { Member } from './contract.ts'

const member = { id: users.id, name: users.name, fullname: users.fullname }
/** Who has erased their account, or asked that nothing be done with it, is nobody here. */
const takesPart = and(isNull(users.erased), eq(users.restrict, false))

export function listMembers(db: Reader, ids: number[]): Promise<Member[]> {
  if (ids.length === 0) return Promise.resolve([])
  return db.select(member).from(users).where(inArray(users.id, ids)).orderBy(asc(users.id))
}

/** By the exact user name. */
export async function findMemberByName(db: Reader, name: string): Promise<Member | undefined> {
  const [row] = await db
    .select(member)
    .from(users)
    .where(and(eq(users.name, name), takesPart))
  return row
}

/** However the address is capitalised. */
export async function findMemberByEmail(db: Reader, email: string): Promise<Member | undefined> {
  const [row] = await db
    .select(member)
    .from(users)
    .where(and(eq(sql`lower(${users.emailAddr})`, email.toLowerCase()), takesPart))
    .limit(1)
  return row
}

/** Projects that were offered to an account, with who owns them now. */
export function listOffers(
  db: Reader,
  userId: number,
  limit: number,
): Promise<Array<{ project: ProjectRow; from: Member }>> {
  return db
    .select({ project: projects, from: member })
    .from(projects)
    .innerJoin(users, eq(users.id, projects.ownerId))
    .where(and(eq(projects.pendingOwnerId, userId), notTrashed))
    .orderBy(asc(projects.id))
    .limit(limit)
}
