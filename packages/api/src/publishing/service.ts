import { archiveAnswers } from '@manyhands/shared/archives/archive-answers'
import { recordChange } from '@manyhands/shared/audit-log/repository'
import { ValidationError } from '@manyhands/shared/errors/errors'
import { missingForPublishing } from '@manyhands/shared/projects/rules'
import type { PublishRequest } from '@manyhands/shared/publishing/contract'
import { findProjectStats } from '@manyhands/shared/stats/repository'
import type { ServiceContext } from '../http/env.ts'
import { applyChange } from '../projects/apply-change.ts'
import { changeOwnProject } from '../projects/owned-project.ts'

/** Opens a draft to everybody. The answers given while it was tried out are kept, or put aside with
 *  everything that followed from them; a project that is published already is left as it is. Throws
 *  NotFoundError, ForbiddenError, ValidationError naming what is missing. */
export async function publishProject(
  ctx: ServiceContext,
  shortName: string,
  { test_answers }: PublishRequest,
): Promise<void> {
  const archives = test_answers === 'archive'
  const taskIds = await changeOwnProject(
    ctx,
    shortName,
    async (tx, project) => {
      const stats = await findProjectStats(tx, project.id)
      const missing = missingForPublishing(project.info, stats?.nTasks ?? 0)
      if (missing.length > 0) {
        throw new ValidationError(
          `The project cannot be published yet: ${missing.join(' and ')} missing`,
          'value',
          missing.map((field) => ({ field, message: 'is missing' })),
        )
      }
      if (project.published) return []
      await applyChange(ctx, tx, project, { published: true })
      if (!archives) return []
      const archived = await archiveAnswers(tx, project.id)
      await recordChange(tx, {
        project,
        user: ctx.caller.account,
        action: 'update',
        attribute: 'test_answers',
        oldValue: { n_task_runs: archived.nTaskRuns, n_results: archived.nResults },
        newValue:
          archived.archiveId === null ? 'nothing to archive' : `archive ${archived.archiveId}`,
      })
      return archived.taskIds
    },
    { whole: archives },
  )
  // Their answers are gone: the slots are free again.
  await ctx.leases.forgetAnswers(taskIds)
}

/** Makes it a draft again; nothing else changes. Throws NotFoundError, ForbiddenError. */
export async function unpublishProject(ctx: ServiceContext, shortName: string): Promise<void> {
  await changeOwnProject(ctx, shortName, async (tx, project) => {
    if (project.published) await applyChange(ctx, tx, project, { published: false })
  })
}
