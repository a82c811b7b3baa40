import { findCategory } from '@manyhands/shared/categories/repository'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { NotFoundError, ValidationError } from '@manyhands/shared/errors/errors'
import { toProjectCard } from '@manyhands/shared/projects/card-view'
import { listCatalogue, readPlatformTotals } from '@manyhands/shared/projects/catalogue'
import type {
  PlatformTotals,
  ProjectCardPage,
  ProjectFilter,
  ProjectPage,
} from '@manyhands/shared/projects/contract'
import {
  mayContribute,
  mayExport,
  mayReadContents,
  mayReadProject,
  mayUpdateProject,
} from '@manyhands/shared/projects/policy'
import { findProjectByShortName } from '@manyhands/shared/projects/repository'
import {
  hasCustomPresenter,
  missingForPublishing,
  presenterOf,
} from '@manyhands/shared/projects/rules'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { findProjectStats } from '@manyhands/shared/stats/repository'
import { countAnswers } from '@manyhands/shared/task-runs/repository'
import { findUser } from '@manyhands/shared/users/repository'
import type { ServiceContext } from '../http/env.ts'

const PAGE = 24
/** Browsing ends somewhere: by then the search is the better way. */
const LAST_OFFSET = 10_000

/** Throws ValidationError for a cursor that is none. */
export async function browseProjects(
  ctx: ServiceContext,
  filter: ProjectFilter,
): Promise<ProjectCardPage> {
  const limit = filter.limit ?? PAGE
  const offset = Number(filter.after ?? 0)
  if (!Number.isInteger(offset) || offset < 0 || offset > LAST_OFFSET) {
    throw new ValidationError('after is not a page of this list', 'value', [
      { field: 'after', message: 'is not valid' },
    ])
  }
  const rows = await ctx.read((db) =>
    listCatalogue(db, {
      ...filter,
      viewer: ctx.caller,
      volunteerKey: ownKey(ctx),
      limit: limit + 1,
      offset,
    }),
  )
  return {
    items: rows.slice(0, limit).map(toProjectCard),
    next: rows.length > limit ? String(offset + limit) : null,
  }
}

/** All that the page of a project shows to this caller. Throws NotFoundError, ForbiddenError. */
export async function getProjectPage(ctx: ServiceContext, shortName: string): Promise<ProjectPage> {
  return await ctx.read(async (db) => {
    const project = await findProjectByShortName(db, shortName)
    if (!project) throw new NotFoundError('project', shortName)
    assertAllowed(ctx.caller.userId !== null, mayReadProject(ctx.caller, project))
    const [category, stats, owner, doneByMe] = await Promise.all([
      findCategory(db, project.categoryId),
      findProjectStats(db, project.id),
      findUser(db, project.ownerId),
      countAnswers(db, project.id, ownKey(ctx)),
    ])
    if (!category || !owner) throw new NotFoundError('project', shortName)
    const missing = missingForPublishing(project.info, stats?.nTasks ?? 0)
    const isOpen = mayReadContents(ctx.caller, project)
    return {
      // How far it has come is for those who may look inside.
      ...toProjectCard({ project, category, stats: (isOpen && stats) || null, doneByMe }),
      long_description: project.longDescription,
      owner: { id: owner.id, name: owner.name, fullname: owner.fullname },
      allow_anonymous_contributors: project.allowAnonymousContributors,
      presenter: presenterOf(project.info),
      has_custom_presenter: hasCustomPresenter(project.info),
      may: permissions(ctx, project, missing.length === 0),
      missing,
      needs_password: project.passwordHash !== null && !isOpen,
    }
  })
}

export function getPlatformTotals(ctx: ServiceContext): Promise<PlatformTotals> {
  return ctx.cache.get({ key: 'platform-totals', freshMs: 5_000, staleMs: 60_000, tags: [] }, () =>
    ctx.db.read(readPlatformTotals),
  )
}

/** Whose answers are counted as the caller's. Nobody's for a visitor who has no cookie yet: what the
 *  neighbours at the same address did is not theirs, and all such visitors are shown the same. */
function ownKey({ caller: { volunteer } }: ServiceContext): string {
  return volunteer.key.startsWith('address:') ? '' : volunteer.key
}

function permissions(
  ctx: ServiceContext,
  project: ProjectRow,
  complete: boolean,
): ProjectPage['may'] {
  const update = mayUpdateProject(ctx.caller, project)
  return {
    update,
    publish: update && !project.published && complete,
    export: mayExport(ctx.caller, project),
    contribute: mayContribute(ctx.caller, project),
  }
}
