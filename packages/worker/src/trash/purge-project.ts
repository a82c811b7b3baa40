import { recordChange } from '@manyhands/shared/audit-log/repository'
import { removeProjectFiles } from '@manyhands/shared/projects/files'
import { deleteProject } from '@manyhands/shared/projects/repository'
import { purgeProject } from '@manyhands/shared/trash/jobs'
import { deleteSomeContents, isOverdue } from '@manyhands/shared/trash/repository'
import { handle, type JobContext } from '../runtime/handle.ts'

/** Deletes a project that its owner gave up. Safe to run twice, and to be taken up where it was left. */
export const purgeProjectJob = handle(purgeProject, (ctx, { projectId }) => purge(ctx, projectId))

/** `unasked`: nobody asked for it, its time in the trash was up; that goes into the audit log. */
export async function purge(
  ctx: JobContext,
  projectId: number,
  unasked?: { name: string; shortName: string },
): Promise<void> {
  if (!(await isOverdue(ctx.db.primary, projectId, ctx.config.TRASH_DAYS))) return
  do ctx.signal.throwIfAborted()
  while (await deleteSomeContents(ctx.db.primary, projectId))
  await ctx.db.primary.transaction(async (tx) => {
    await deleteProject(tx, projectId)
    if (!unasked) return
    await recordChange(tx, {
      project: { id: projectId, shortName: unasked.shortName },
      user: { id: 0, name: 'trash' },
      action: 'delete',
      attribute: 'project',
      oldValue: unasked.name,
    })
  })
  await ctx.cache.drop(`project:${projectId}`, 'project-names', 'catalogue')
  await removeProjectFiles(ctx, projectId)
}
