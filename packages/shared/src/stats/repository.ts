import { eq } from 'drizzle-orm'
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
