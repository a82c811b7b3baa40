import { recordChanges } from '@manyhands/shared/audit-log/repository'
import type { Writer } from '@manyhands/shared/db/types'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import { updateProject } from '@manyhands/shared/projects/repository'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { toAuditedState } from '@manyhands/shared/projects/view'
import { restartSchedule, setBreadthFirst } from '@manyhands/shared/tasks/repository'
import type { ServiceContext } from '../http/env.ts'

/** Writes a change of a project that `tx` has locked, with a line in the audit log for each attribute that
 *  it changes. Another scheduler needs the lock of the whole project: it may touch every task. */
export async function applyChange(
  ctx: ServiceContext,
  tx: Writer,
  before: ProjectRow,
  columns: Partial<Omit<ProjectRow, 'id'>>,
): Promise<ProjectRow> {
  const after = await updateProject(tx, before.id, columns)
  if (!after) throw new NotFoundError('project', before.id)
  await followScheduler(tx, before, after)
  await recordChanges(
    tx,
    { project: after, user: ctx.caller.account },
    toAuditedState(before),
    toAuditedState(after),
  )
  return after
}

/** Another scheduler, another order: its index is filled, and places reached in the old order are void. */
async function followScheduler(tx: Writer, before: ProjectRow, after: ProjectRow): Promise<void> {
  if (before.info.sched === after.info.sched) return
  const isBreadthFirst = (project: ProjectRow) => project.info.sched === 'breadth_first'
  if (isBreadthFirst(before) !== isBreadthFirst(after)) {
    await setBreadthFirst(tx, after.id, isBreadthFirst(after))
  }
  await restartSchedule(tx, after.id)
}
