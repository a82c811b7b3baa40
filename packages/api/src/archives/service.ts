import type { Archive, ArchiveDownload } from '@manyhands/shared/archives/contract'
import {
  findArchive,
  listArchivedRows,
  listArchives as listArchiveRows,
} from '@manyhands/shared/archives/repository'
import { toArchiveView } from '@manyhands/shared/archives/view'
import { writeArchive } from '@manyhands/shared/archives/write-rows'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import { safeShortName } from '@manyhands/shared/exports/names'
import type { ServiceContext } from '../http/env.ts'
import { findOwnProject } from '../projects/owned-project.ts'

/** A project is published a few times in its life. */
const SHOWN = 100
const PAGE = 500

/** Newest first. Throws NotFoundError, ForbiddenError. */
export async function listArchives(ctx: ServiceContext, shortName: string): Promise<Archive[]> {
  const project = await findOwnProject(ctx, shortName)
  return (await ctx.read((db) => listArchiveRows(db, project.id, SHOWN))).map(toArchiveView)
}

/** The content of an archive, read as it is sent. Throws NotFoundError, ForbiddenError. */
export async function openArchive(
  ctx: ServiceContext,
  shortName: string,
  id: number,
  download: ArchiveDownload,
): Promise<{ fileName: string; content: AsyncGenerator<string> }> {
  const project = await findOwnProject(ctx, shortName)
  const archive = await ctx.read((db) => findArchive(db, project.id, id))
  if (!archive) throw new NotFoundError('archive', id)
  const { type, format } = download
  return {
    fileName: `${project.id}_${safeShortName(shortName)}_archive_${id}_${type}.${format}`,
    content: writeArchive(download, readPages(ctx, id, type)),
  }
}

/** An archive never changes, so its pages need no common snapshot. */
async function* readPages(ctx: ServiceContext, archiveId: number, kind: ArchiveDownload['type']) {
  for (let after = 0; ; ) {
    const query = { archiveId, kind, after, limit: PAGE }
    const page = await ctx.read((db) => listArchivedRows(db, query))
    yield page
    const last = page.at(-1)
    if (page.length < PAGE || !last) return
    after = Number(last.id)
  }
}
