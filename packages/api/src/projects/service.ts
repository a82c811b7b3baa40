import { recordChange } from '@manyhands/shared/audit-log/repository'
import { findCategory, findFirstCategory } from '@manyhands/shared/categories/repository'
import { isUniqueViolation } from '@manyhands/shared/db/failures'
import { parseListQuery } from '@manyhands/shared/db/list'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { ConflictError, NotFoundError, ValidationError } from '@manyhands/shared/errors/errors'
import type { ProjectChange, ProjectInput } from '@manyhands/shared/projects/contract'
import { projectList } from '@manyhands/shared/projects/list-shape'
import {
  mayCreateProject,
  mayDeleteProject,
  mayReadProject,
  mayUpdateProject,
} from '@manyhands/shared/projects/policy'
import {
  deleteProject,
  findProject,
  hasResults,
  insertProject,
  listProjects as listProjectRows,
  lockProject,
  updateProject,
} from '@manyhands/shared/projects/repository'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { insertProjectStats } from '@manyhands/shared/stats/repository'
import type { ProjectStatsRow } from '@manyhands/shared/stats/table'
import { restartSchedule, setBreadthFirst } from '@manyhands/shared/tasks/repository'
import type { ServiceContext } from '../http/env.ts'
import { projectTag } from './cached-project.ts'

/** A page of projects: the caller's own, or with `all=1` and for anonymous callers all that they may
 *  see (rest-api.md section 3.2). Throws ValidationError. */
export async function listProjects(
  ctx: ServiceContext,
  args: Record<string, string>,
): Promise<Array<{ project: ProjectRow; stats: ProjectStatsRow | null }>> {
  const scoped = ctx.caller.userId !== null && args.all !== '1'
  const { owner_id: _ignored, ...rest } = args
  // Whose projects is settled by the scope; a stranger may still ask for somebody's.
  const filters = ctx.caller.userId === null && args.all !== '1' ? args : rest
  const query = parseListQuery(projectList, filters, scoped || ctx.caller.isAdmin)
  return ctx.read((db) =>
    listProjectRows(db, query, ctx.caller, scoped ? (ctx.caller.userId ?? undefined) : undefined),
  )
}

/** Throws NotFoundError, and what a draft answers to strangers. */
export async function getProject(ctx: ServiceContext, id: number): Promise<ProjectRow> {
  const project = await ctx.read((db) => findProject(db, id))
  if (!project) throw new NotFoundError('project', id)
  assertAllowed(ctx.caller.userId !== null, mayReadProject(ctx.caller, project))
  return project
}

/** Throws UnauthenticatedError, ConflictError naming `name` or `short_name` when it is taken, and
 *  ValidationError for an unknown category. */
export async function createProject(ctx: ServiceContext, input: ProjectInput): Promise<ProjectRow> {
  assertAllowed(ctx.caller.userId !== null, mayCreateProject(ctx.caller))
  const ownerId = ctx.caller.userId ?? 0
  const category = input.category_id
    ? await findCategory(ctx.db.primary, input.category_id)
    : await findFirstCategory(ctx.db.primary)
  if (!category) {
    throw new ValidationError('category_id does not exist', 'value', [
      { field: 'category_id', message: 'does not exist' },
    ])
  }
  const project = await refusingTakenNames(() =>
    ctx.db.primary.transaction(async (tx) => {
      const row = await insertProject(tx, {
        ...toColumns(input),
        ...required(input),
        ownerId,
        categoryId: category.id,
      })
      await insertProjectStats(tx, row.id)
      await recordChange(tx, {
        project: row,
        user: ctx.caller.account,
        action: 'create',
        attribute: 'project',
      })
      return row
    }),
  )
  await ctx.cache.drop('project-names', 'catalogue')
  await ctx.wrote()
  return project
}

/** Changes what is sent and nothing else. Throws NotFoundError, ForbiddenError, ConflictError. */
export async function changeProject(
  ctx: ServiceContext,
  id: number,
  change: ProjectChange,
): Promise<ProjectRow> {
  const project = await refusingTakenNames(() =>
    ctx.db.primary.transaction(async (tx) => {
      const before = await lockProject(tx, id)
      if (!before) throw new NotFoundError('project', id)
      assertAllowed(ctx.caller.userId !== null, mayUpdateProject(ctx.caller, before))
      const columns = toColumns(change)
      const after = await updateProject(tx, id, columns)
      if (!after) throw new NotFoundError('project', id)
      await followScheduler(tx, before, after)
      for (const attribute of Object.keys(columns) as Array<keyof ProjectRow>) {
        if (JSON.stringify(before[attribute]) === JSON.stringify(after[attribute])) continue
        await recordChange(tx, {
          project: after,
          user: ctx.caller.account,
          action: 'update',
          attribute,
          oldValue: before[attribute],
          newValue: after[attribute],
        })
      }
      return after
    }),
  )
  await forgetProject(ctx, id)
  return project
}

/** Throws NotFoundError, ForbiddenError (for everybody once there are results). */
export async function removeProject(ctx: ServiceContext, id: number): Promise<void> {
  await ctx.db.primary.transaction(async (tx) => {
    const project = await lockProject(tx, id)
    if (!project) throw new NotFoundError('project', id)
    const blocked = await hasResults(tx, id)
    assertAllowed(ctx.caller.userId !== null, mayDeleteProject(ctx.caller, project, blocked))
    await deleteProject(tx, id)
    await recordChange(tx, {
      project,
      user: ctx.caller.account,
      action: 'delete',
      attribute: 'project',
    })
  })
  await forgetProject(ctx, id)
}

export async function forgetProject(ctx: ServiceContext, id: number): Promise<void> {
  await ctx.cache.drop(projectTag(id), 'project-names', 'catalogue')
  await ctx.wrote()
}

/** Another scheduler, another order: its index is filled, and places reached in the old order are void. */
async function followScheduler(
  tx: Parameters<typeof restartSchedule>[0],
  before: ProjectRow,
  after: ProjectRow,
): Promise<void> {
  if (before.info.sched === after.info.sched) return
  await setBreadthFirst(tx, after.id, after.info.sched === 'breadth_first')
  await restartSchedule(tx, after.id)
}

async function refusingTakenNames<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (isUniqueViolation(error, 'projects_name_key'))
      throw new ConflictError('This name is taken', 'name')
    if (isUniqueViolation(error, 'projects_short_name_key')) {
      throw new ConflictError('This short_name is taken', 'short_name')
    }
    throw error
  }
}

function required(input: ProjectInput) {
  return { name: input.name, shortName: input.short_name, description: input.description }
}

function toColumns(change: ProjectChange): Partial<ProjectRow> {
  const columns = {
    name: change.name,
    shortName: change.short_name,
    description: change.description,
    longDescription: change.long_description,
    webhook: change.webhook,
    allowAnonymousContributors: change.allow_anonymous_contributors,
    zipDownload: change.zip_download,
    categoryId: change.category_id,
    info: change.info,
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
}
