import { Result, ResultChange } from '@manyhands/shared/results/contract'
import { resultList } from '@manyhands/shared/results/list-shape'
import { toResultView } from '@manyhands/shared/results/view'
import { relatedToResult } from '@manyhands/shared/tasks/related-view'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { pathId, queryArguments, refuseUnknownArguments } from '../http/arguments.ts'
import { parseBody, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { link } from '../http/links.ts'
import { Routes } from '../http/routes.ts'
import {
  changeResult,
  getResultPage,
  getResultToChange,
  listResults,
  type ResultPage,
  refuseNewResult,
  refuseRemoval,
} from './service.ts'

const RESERVED = ['id', 'created', 'project_id', 'task_id', 'task_run_ids', 'last_version']
const ONE = '/api/result/:id{[0-9]+}'

export const resultRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('result', limit)
    .about('Results: what the task runs of a completed task add up to.')
    .get(
      '/api/result',
      { summary: 'List results', list: resultList, answer: z.array(Result) },
      async (c) => c.json(showPage(c, await listResults(c.var.ctx, queryArguments(c)))),
    )
    .post(
      '/api/result',
      {
        summary: 'Refused: the platform makes the results',
        body: ResultChange,
        answer: null,
      },
      async (c) => {
        refuseUnknownArguments(c, resultList)
        parseBody(ResultChange, await readJsonObject(c), { reserved: RESERVED })
        return refuseNewResult(c.var.ctx)
      },
    )
    .get(ONE, { summary: 'One result', answer: Result }, async (c) =>
      c.json(
        showPage(c, await getResultPage(c.var.ctx, pathId(c, 'result'), queryArguments(c)))[0] ??
          {},
      ),
    )
    .put(
      ONE,
      { summary: 'Set the info of a result', body: ResultChange, answer: Result },
      async (c) => {
        const { ctx } = c.var
        refuseUnknownArguments(c, resultList)
        const id = pathId(c, 'result')
        await getResultToChange(ctx, id)
        const change = parseBody(ResultChange, await readJsonObject(c), { reserved: RESERVED })
        return c.json(toResultView(await changeResult(ctx, id, change)))
      },
    )
    .delete(
      ONE,
      { summary: 'Refused: nobody deletes a result', answer: null, refuses: [415] },
      async (c) => {
        refuseUnknownArguments(c, resultList)
        return refuseRemoval(c.var.ctx, pathId(c, 'result'))
      },
    )

function showPage(c: Context<Env>, { rows, related }: ResultPage) {
  return rows.map((row) => ({
    ...toResultView(row),
    link: link(c, 'self', 'result', row.id),
    links: [link(c, 'parent', 'project', row.projectId), link(c, 'parent', 'task', row.taskId)],
    ...relatedToResult(row.taskId, related),
    ...row.found,
  }))
}
