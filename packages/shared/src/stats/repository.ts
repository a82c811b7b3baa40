import { eq, sql } from 'drizzle-orm'
import type { Reader, Writer } from '../db/types.ts'
import { type ProjectStatsRow, projectStats } from './table.ts'

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

/** A task was completed or came back without an answer: `by` is 1 or -1. */
export async function moveCompletedCount(tx: Writer, projectId: number, by: number): Promise<void> {
  await tx
    .update(projectStats)
    .set({ nCompletedTasks: sql`${projectStats.nCompletedTasks} + ${by}` })
    .where(eq(projectStats.projectId, projectId))
}
