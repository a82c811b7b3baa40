import { Result } from '@manyhands/shared/results/contract'
import { resultList } from '@manyhands/shared/results/list-shape'
import type { ResultRow } from '@manyhands/shared/results/table'
import { toResultView } from '@manyhands/shared/results/view'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { pathId, queryArguments } from '../http/arguments.ts'
import type { Env } from '../http/env.ts'
import { link } from '../http/links.ts'
import { Routes } from '../http/routes.ts'
import { getResult, listResults } from './service.ts'

export const resultRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('result', limit)
    .get(
      '/api/result',
      { summary: 'List results', list: resultList, answer: z.array(Result) },
      async (c) =>
        c.json((await listResults(c.var.ctx, queryArguments(c))).map((row) => show(c, row))),
    )
    .get('/api/result/:id{[0-9]+}', { summary: 'One result', answer: Result }, async (c) =>
      c.json(show(c, await getResult(c.var.ctx, pathId(c, 'result')))),
    )

function show(c: Context<Env>, row: ResultRow) {
  return {
    ...toResultView(row),
    link: link(c, 'self', 'result', row.id),
    links: [link(c, 'parent', 'project', row.projectId), link(c, 'parent', 'task', row.taskId)],
  }
}
