import { purgeTrash } from '@manyhands/shared/trash/jobs'
import { listOverdueProjects } from '@manyhands/shared/trash/repository'
import { handle } from '../runtime/handle.ts'
import { purge } from './purge-project.ts'

const PAGE = 20

/** Deletes for good what has been in the trash for TRASH_DAYS, and what was asked for and got lost. */
export const purgeTrashJob = handle(purgeTrash, async (ctx) => {
  for (;;) {
    const page = await listOverdueProjects(ctx.db.primary, ctx.config.TRASH_DAYS, PAGE)
    for (const project of page) {
      const isGivenUp = project.shortName === `purged/${project.id}`
      await purge(ctx, project.id, isGivenUp ? undefined : project)
    }
    if (page.length < PAGE) return
  }
})
