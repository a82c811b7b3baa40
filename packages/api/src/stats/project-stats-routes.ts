import { ProjectStats } from '@manyhands/shared/stats/contract'
import { projectStatsList } from '@manyhands/shared/stats/list-shape'
import type { ProjectStatsRow } from '@manyhands/shared/stats/table'
import { toProjectStatsView } from '@manyhands/shared/stats/view'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { pathId, queryArguments, refuseUnknownArguments } from '../http/arguments.ts'
import { assertFields, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { link } from '../http/links.ts'
import { Routes } from '../http/routes.ts'
import { getProjectStats, listProjectStats, refuseWriting } from './project-stats-service.ts'

const ONE = '/api/projectstats/:id{[0-9]+}'
const FULL = z.object({
  full: z.string().optional().describe('Anything: with the three series of `info`.'),
})

export const projectStatsRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('projectstats', limit)
    .about('What is counted of each project. The platform counts; nobody writes here.')
    .get(
      '/api/projectstats',
      {
        summary: 'List the numbers of projects',
        list: projectStatsList,
        query: FULL,
        answer: z.array(ProjectStats),
      },
      async (c) =>
        c.json((await listProjectStats(c.var.ctx, queryArguments(c))).map((row) => show(c, row))),
    )
    .post(
      '/api/projectstats',
      { summary: 'Refused: the platform counts', body: ProjectStats.partial(), answer: null },
      async (c) => {
        refuseUnknownArguments(c, projectStatsList)
        assertFields(ProjectStats, await readJsonObject(c), [])
        return refuseWriting(c.var.ctx)
      },
    )
    .get(
      ONE,
      {
        summary: 'The numbers of a project, by the id of the row',
        query: FULL,
        answer: ProjectStats,
      },
      async (c) => c.json(show(c, await getProjectStats(c.var.ctx, pathId(c, 'projectstats')))),
    )
    .put(
      ONE,
      { summary: 'Refused: the platform counts', body: ProjectStats.partial(), answer: null },
      async (c) => {
        refuseUnknownArguments(c, projectStatsList)
        return refuseWriting(c.var.ctx, pathId(c, 'projectstats'))
      },
    )
    .delete(
      ONE,
      { summary: 'Refused: the platform counts', answer: null, refuses: [415] },
      async (c) => {
        refuseUnknownArguments(c, projectStatsList)
        return refuseWriting(c.var.ctx, pathId(c, 'projectstats'))
      },
    )

function show(c: Context<Env>, row: ProjectStatsRow) {
  return {
    ...toProjectStatsView(row, Boolean(c.req.query('full'))),
    link: link(c, 'self', 'projectstats', row.id),
    links: [link(c, 'parent', 'project', row.projectId)],
  }
}
