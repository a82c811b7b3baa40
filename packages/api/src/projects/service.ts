import { recordChange } from '@manyhands/shared/audit-log/repository'
import { findCategory, findFirstCategory } from '@manyhands/shared/categories/repository'
import { isUniqueViolation } from '@manyhands/shared/db/failures'
import { parseListQuery } from '@manyhands/shared/db/list'
import type { Listed } from '@manyhands/shared/db/list-rows'
import { retryingDeadlocks } from '@manyhands/shared/db/transaction'
import type { Reader } from '@manyhands/shared/db/types'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { BadRequestError, ConflictError, NotFoundError } from '@manyhands/shared/errors/errors'
import type { ProjectChange, ProjectInput } from '@manyhands/shared/projects/contract'
import { removeProjectFiles } from '@manyhands/shared/projects/files'
import { projectListFor } from '@manyhands/shared/projects/list-shape'
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
} from '@manyhands/shared/projects/repository'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { SECRET_INFO } from '@manyhands/shared/projects/view'
import { lockWholeProject } from '@manyhands/shared/projects/whole-project'
import { insertProjectStats, listProjectStats } from '@manyhands/shared/stats/repository'
import type { ProjectStatsRow } from '@manyhands/shared/stats/table'
import type { ServiceContext } from '../http/env.ts'
import { applyChange } from './apply-change.ts'
import { projectTag } from './cached-project.ts'
import { webhookColumns } from './webhook-columns.ts'

export interface ProjectListPage {
  rows: Array<Listed<ProjectRow>>
  /** With `stats`: by project id. */
  stats: Map<number, ProjectStatsRow> | undefined
}

/** A page of projects: the caller's own, or with `all=1` and for anonymous callers all that they may
 *  see (rest-api.md section 3.2). Throws ValidationError. */
export async function listProjects(
  ctx: ServiceContext,
  args: Record<string, string>,
): Promise<ProjectListPage> {
  const scoped = ctx.caller.userId !== null && args.all !== '1'
  const { owner_id: _ignored, ...rest } = args
  // Whose projects is settled by the scope; a stranger may still ask for somebody's.
  const filters = ctx.caller.userId === null && args.all !== '1' ? args : rest
  const shape = projectListFor(ctx.caller, ctx.config.PROJECT_INFO_PUBLIC_FIELDS)
  const query = parseListQuery(shape, filters, scoped || ctx.caller.isAdmin)
  const owner = scoped ? (ctx.caller.userId ?? undefined) : undefined
  return ctx.read(async (db) => {
    const rows = await listProjectRows(db, query, ctx.caller, owner)
    return { rows, stats: await statsOf(db, rows, args) }
  })
}

/** One project as a list shows it. Throws NotFoundError, and what a draft answers to strangers. */
export async function getProjectPage(
  ctx: ServiceContext,
  id: number,
  args: Record<string, string>,
): Promise<ProjectListPage> {
  const rows = [await getProject(ctx, id)]
  return { rows, stats: await ctx.read((db) => statsOf(db, rows, args)) }
}

async function statsOf(
  db: Reader,
  rows: ProjectRow[],
  args: Record<string, string>,
): Promise<ProjectListPage['stats']> {
  if (!args.stats) return undefined
  const found = await listProjectStats(
    db,
    rows.map((row) => row.id),
  )
  return new Map(found.map((stats) => [stats.projectId, stats]))
}

/** Throws NotFoundError, and what a draft answers to strangers. */
export async function getProject(ctx: ServiceContext, id: number): Promise<ProjectRow> {
  const project = await ctx.read((db) => findProject(db, id))
  if (!project) throw new NotFoundError('project', id)
  assertAllowed(ctx.caller.userId !== null, mayReadProject(ctx.caller, project))
  return project
}

/** Throws UnauthenticatedError, ConflictError naming `name` or `short_name` when it is taken, and
 *  BadRequestError for an unknown category. */
export async function createProject(ctx: ServiceContext, input: ProjectInput): Promise<ProjectRow> {
  assertAllowed(ctx.caller.userId !== null, mayCreateProject(ctx.caller))
  const ownerId = ctx.caller.userId ?? 0
  const category =
    input.category_id !== undefined
      ? await findCategory(ctx.db.primary, input.category_id)
      : await findFirstCategory(ctx.db.primary)
  if (!category) {
    throw new BadRequestError('category_id does not exist')
  }
  const webhook = await webhookColumns(ctx, input.webhook)
  const project = await refusingTakenNames(() =>
    ctx.db.primary.transaction(async (tx) => {
      const row = await insertProject(tx, {
        ...toColumns(input),
        ...required(input),
        ...webhook,
        ownerId,
        categoryId: category.id,
      })
      await insertProjectStats(tx, row.id)
      await recordChange(tx, {
        project: row,
        user: ctx.caller.account,
        action: 'create',
        attribute: 'project',
        newValue: row.name,
      })
      return row
    }),
  )
  await ctx.cache.drop('project-names', 'catalogue')
  await ctx.wrote()
  return project
}

/** A project that the caller may change, as it is now. Throws NotFoundError, ForbiddenError. */
export async function getProjectToChange(ctx: ServiceContext, id: number): Promise<ProjectRow> {
  const project = await findProject(ctx.db.primary, id)
  if (!project) throw new NotFoundError('project', id)
  assertAllowed(ctx.caller.userId !== null, mayUpdateProject(ctx.caller, project))
  return project
}

/** Changes what is sent and nothing else. Throws NotFoundError, ForbiddenError, ConflictError, and
 *  ValidationError for a webhook inside the platform's own network. */
export async function changeProject(
  ctx: ServiceContext,
  id: number,
  change: ProjectChange,
): Promise<ProjectRow> {
  const { info } = await getProjectToChange(ctx, id)
  const reschedules = change.info !== undefined && change.info.sched !== info.sched
  const columns = { ...toColumns(change), ...(await webhookColumns(ctx, change.webhook)) }
  const project = await refusingTakenNames(() =>
    retryingDeadlocks(ctx.db.primary, async (tx) => {
      const before = await (reschedules ? lockWholeProject(tx, id) : lockProject(tx, id))
      if (!before) throw new NotFoundError('project', id)
      assertAllowed(ctx.caller.userId !== null, mayUpdateProject(ctx.caller, before))
      return applyChange(ctx, tx, before, columns)
    }),
  )
  await forgetProject(ctx, id)
  return project
}

/** At once and for good, as clients of the wire expect; people have the trash. Throws NotFoundError,
 *  ForbiddenError (for everybody once there are results). */
export async function removeProject(ctx: ServiceContext, id: number): Promise<void> {
  await getProjectToChange(ctx, id)
  await retryingDeadlocks(ctx.db.primary, async (tx) => {
    const project = await lockWholeProject(tx, id)
    if (!project) throw new NotFoundError('project', id)
    const blocked = await hasResults(tx, id)
    assertAllowed(ctx.caller.userId !== null, mayDeleteProject(ctx.caller, project, blocked))
    await deleteProject(tx, id)
    await recordChange(tx, {
      project,
      user: ctx.caller.account,
      action: 'delete',
      attribute: 'project',
      oldValue: project.name,
    })
  })
  await forgetProject(ctx, id)
  await removeProjectFiles(ctx, id)
}

export async function forgetProject(ctx: ServiceContext, id: number): Promise<void> {
  await ctx.cache.drop(projectTag(id), 'project-names', 'catalogue')
  await ctx.wrote()
}

export async function refusingTakenNames<T>(write: () => Promise<T>): Promise<T> {
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
    info: change.info && withoutSecrets(change.info),
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
}

/** Old clients send back what an old server showed: a password that can be read is not stored here. */
function withoutSecrets(info: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(info).filter(([key]) => !SECRET_INFO.includes(key)))
}
