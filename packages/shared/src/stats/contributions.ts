import { desc, eq, getTableColumns, sql, sum } from 'drizzle-orm'
import type { Reader } from '../db/types.ts'
import { type UserRow, users } from '../users/table.ts'
import { projectVolunteers } from './table.ts'

const answers = sum(projectVolunteers.nTaskRuns).mapWith(Number)

/** The accounts with the most answers anywhere, from the projects' own counts. Those that are shut out
 *  or gone are no leaders. */
export function listBusiestUsers(
  db: Reader,
  limit: number,
): Promise<Array<{ user: UserRow; score: number }>> {
  return db
    .select({ user: getTableColumns(users), score: answers })
    .from(projectVolunteers)
    .innerJoin(users, eq(users.id, projectVolunteers.userId))
    .where(sql`not ${users.restrict} and ${users.erased} is null`)
    .groupBy(users.id)
    .orderBy(desc(answers), users.id)
    .limit(limit)
}

/** How many answers an account has given anywhere. */
export async function countAnswersOfUser(db: Reader, userId: number): Promise<number> {
  const [row] = await db
    .select({ n: answers })
    .from(projectVolunteers)
    .where(eq(projectVolunteers.userId, userId))
  return row?.n ?? 0
}
