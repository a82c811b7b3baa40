import { and, asc, desc, eq, gt } from 'drizzle-orm'
import type { Reader } from '../db/types.ts'
import { type ArchiveRow, archivedRows, archives } from './table.ts'

/** Newest first. */
export function listArchives(db: Reader, projectId: number, limit: number): Promise<ArchiveRow[]> {
  return db
    .select()
    .from(archives)
    .where(eq(archives.projectId, projectId))
    .orderBy(desc(archives.id))
    .limit(limit)
}

export async function findArchive(
  db: Reader,
  projectId: number,
  id: number,
): Promise<ArchiveRow | undefined> {
  const [row] = await db
    .select()
    .from(archives)
    .where(and(eq(archives.projectId, projectId), eq(archives.id, id)))
  return row
}

export interface ArchivedPage {
  archiveId: number
  kind: 'task_run' | 'result'
  /** The id of the last row of the page before. */
  after: number
  limit: number
}

export async function listArchivedRows(
  db: Reader,
  page: ArchivedPage,
): Promise<Array<Record<string, unknown>>> {
  const rows = await db
    .select({ content: archivedRows.content })
    .from(archivedRows)
    .where(
      and(
        eq(archivedRows.archiveId, page.archiveId),
        eq(archivedRows.kind, page.kind),
        gt(archivedRows.rowId, page.after),
      ),
    )
    .orderBy(asc(archivedRows.rowId))
    .limit(page.limit)
  return rows.map((row) => row.content)
}
