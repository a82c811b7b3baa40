import { eq, inArray, type SQL, sql } from 'drizzle-orm'
import { tableQueries } from '../db/table-queries.ts'
import type { Reader, Writer } from '../db/types.ts'
import { type ProjectStatsRow, projectStats } from './table.ts'

/** By the id of the row, which is not that of the project. */
export const projectStatsRows = tableQueries(projectStats)

/** The row of zeros that every project begins with. */
export async function insertProjectStats(tx: Writer, projectId: number): Promise<void> {
  await tx.insert(projectStats).values({ projectId }).onConflictDoNothing()
}

export async function findProjectStats(
  db: Reader,
  projectId: number,
): Promise<ProjectStatsRow | undefined> {
  const [row] = await db.select().from(projectStats).where(eq(projectStats.projectId, projectId))
  return row
}

/** Locks the counters of a project until `tx` ends: first, by whoever then locks tasks to move them. */
export async function lockCounters(tx: Writer, projectId: number): Promise<void> {
  await tx.execute(sql`select 1 from project_stats where project_id = ${projectId} for update`)
}

export function listProjectStats(db: Reader, projectIds: number[]): Promise<ProjectStatsRow[]> {
  return projectIds.length === 0
    ? Promise.resolve([])
    : db.select().from(projectStats).where(inArray(projectStats.projectId, projectIds))
}

/** A task was completed or came back without an answer: `by` is 1 or -1. */
export function moveCompletedCount(tx: Writer, projectId: number, by: number): Promise<void> {
  return move(tx, projectId, { nCompletedTasks: sql`${projectStats.nCompletedTasks} + ${by}` })
}

/** A result got its info, or lost it: `by` is 1 or -1. */
export function moveResultCount(tx: Writer, projectId: number, by: number): Promise<void> {
  return move(tx, projectId, { nResults: sql`${projectStats.nResults} + ${by}` })
}

/** A blog post came or went: `by` is 1 or -1. */
export function moveBlogpostCount(tx: Writer, projectId: number, by: number): Promise<void> {
  return move(tx, projectId, { nBlogposts: sql`${projectStats.nBlogposts} + ${by}` })
}

async function move(
  tx: Writer,
  projectId: number,
  counters: { [Name in keyof ProjectStatsRow]?: SQL },
): Promise<void> {
  await tx.update(projectStats).set(counters).where(eq(projectStats.projectId, projectId))
}
