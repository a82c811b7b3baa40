import { assertAllowed } from '@manyhands/shared/errors/allow'
import {
  ForbiddenError,
  ReservedFieldError,
  ValidationError,
} from '@manyhands/shared/errors/errors'
import { Project, ProjectChange, ProjectInput } from '@manyhands/shared/projects/contract'
import { projectList } from '@manyhands/shared/projects/list-shape'
import {
  mayCreateProject,
  mayReadContents,
  mayUpdateProject,
} from '@manyhands/shared/projects/policy'
import { toProjectView } from '@manyhands/shared/projects/view'
import { toProjectStatsView } from '@manyhands/shared/stats/view'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { pathId, queryArguments, refuseUnknownArguments } from '../http/arguments.ts'
import { parseBody, readJsonObject, withNumbers } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { link } from '../http/links.ts'
import { Routes } from '../http/routes.ts'
import {
  changeProject,
  createProject,
  getProjectPage,
  getProjectToChange,
  listProjects,
  type ProjectListPage,
  removeProject,
} from './service.ts'

const RESERVED = ['id', 'created', 'updated', 'completed', 'contacted', 'secret_key']
/** Fields that only admins change, elsewhere. */
const CREATED_WITH = { featured: false }

export const projectRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('project', limit)
    .about('Projects: pieces of research that ask volunteers for help.')
    .get(
      '/api/project',
      { summary: 'List projects', list: projectList, answer: z.array(Project) },
      async (c) => c.json(showPage(c, await listProjects(c.var.ctx, queryArguments(c)))),
    )
    .post(
      '/api/project',
      { summary: 'Create a project', body: ProjectInput, answer: Project },
      async (c) => {
        refuseUnknownArguments(c, projectList)
        const body = await readJsonObject(c)
        refuseReserved(body)
        // The caller is the owner, whoever the body names.
        const { owner_id, owners_ids, ...rest } = body
        const { caller } = c.var.ctx
        const beforeValues = () => {
          assertAllowed(caller.userId !== null, mayCreateProject(caller))
          refuseCategory(rest.category_id)
        }
        const input = parseBody(ProjectInput, withNumbers(rest, ['category_id']), {
          unchanged: CREATED_WITH,
          beforeValues,
        })
        return c.json(toProjectView(await createProject(c.var.ctx, input), true))
      },
    )
    .get('/api/project/:id{[0-9]+}', { summary: 'One project', answer: Project }, async (c) =>
      c.json(
        showPage(c, await getProjectPage(c.var.ctx, pathId(c, 'project'), queryArguments(c)))[0] ??
          {},
      ),
    )
    .put(
      '/api/project/:id{[0-9]+}',
      { summary: 'Change a project', body: ProjectChange, answer: Project },
      async (c) => {
        refuseUnknownArguments(c, projectList)
        const id = pathId(c, 'project')
        const before = await getProjectToChange(c.var.ctx, id)
        const body = withNumbers(await readJsonObject(c), ['category_id'])
        refuseReserved(body)
        const change = parseBody(ProjectChange, body, {
          current: toProjectView(before, true),
          beforeValues: () => refuseCategory(body.category_id),
          unchanged: {
            featured: before.featured,
            owner_id: before.ownerId,
            owners_ids: before.ownersIds,
          },
        })
        return c.json(toProjectView(await changeProject(c.var.ctx, id, change), true))
      },
    )
    .delete(
      '/api/project/:id{[0-9]+}',
      { summary: 'Delete a project', refuses: [415] },
      async (c) => {
        refuseUnknownArguments(c, projectList)
        await removeProject(c.var.ctx, pathId(c, 'project'))
        return c.body(null, 204)
      },
    )

function showPage(c: Context<Env>, { rows, stats }: ProjectListPage) {
  const { caller, config } = c.var.ctx
  return rows.map((row) => {
    const own = stats?.get(row.id)
    return {
      ...toProjectView(row, mayUpdateProject(caller, row), config.PROJECT_INFO_PUBLIC_FIELDS),
      link: link(c, 'self', 'project', row.id),
      links: [link(c, 'category', 'category', row.categoryId)],
      ...(stats && { stats: own && mayReadContents(caller, row) ? toProjectStatsView(own) : {} }),
      ...row.found,
    }
  })
}

/** Whichever comes first in the body decides (rest-api.md section 2.2). */
function refuseReserved(body: Record<string, unknown>): void {
  for (const key of Object.keys(body)) {
    if (key === 'published') throw new ForbiddenError('You cannot publish a project via the API')
    if (RESERVED.includes(key)) throw new ReservedFieldError()
  }
}

/** What is no number at all is refused by another name than a number that is no category. */
function refuseCategory(value: unknown): void {
  if (value === undefined || value === null || Number.isInteger(value)) return
  throw new ValidationError('category_id must be a whole number', 'value', [
    { field: 'category_id', message: 'must be a whole number' },
  ])
}
