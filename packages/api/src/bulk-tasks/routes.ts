import {
  DeletionOutcome,
  PriorityChange,
  PriorityOutcome,
  RedundancyChange,
  RedundancyOutcome,
  RowVerdict,
  SchedulerChange,
  TaskUpsert,
  UpsertOptions,
  UpsertSummary,
} from '@manyhands/shared/bulk-tasks/contract'
import { ValidationError } from '@manyhands/shared/errors/errors'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { pathId, queryContract } from '../http/arguments.ts'
import { parseBody, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { sendText } from '../http/send-text.ts'
import { changePriorities, changeRedundancy, deleteTasks, setScheduler } from './service.ts'
import { type UpsertFormat, upsertTasks } from './upsert-service.ts'

const PROJECT = '/api/projects/:shortName'
const NDJSON = 'application/x-ndjson'

export const bulkTaskRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('task', limit)
    .put(
      `${PROJECT}/scheduler`,
      {
        summary: 'Choose the order in which volunteers are given tasks',
        operationId: 'setScheduler',
        body: SchedulerChange,
      },
      async (c) => {
        const { sched } = parseBody(SchedulerChange, await readJsonObject(c))
        await setScheduler(c.var.ctx, shortName(c), sched)
        return c.body(null, 204)
      },
    )
    .put(
      `${PROJECT}/redundancy`,
      {
        summary: 'Set how many answers all tasks want, or some of them',
        operationId: 'setRedundancy',
        body: RedundancyChange,
        answer: RedundancyOutcome,
      },
      async (c) => {
        const change = parseBody(RedundancyChange, await readJsonObject(c))
        return c.json(await changeRedundancy(c.var.ctx, shortName(c), change))
      },
    )
    .put(
      `${PROJECT}/priorities`,
      {
        summary: 'Set the priority of some tasks',
        operationId: 'setPriorities',
        body: PriorityChange,
        answer: PriorityOutcome,
      },
      async (c) => {
        const change = parseBody(PriorityChange, await readJsonObject(c))
        return c.json(await changePriorities(c.var.ctx, shortName(c), change))
      },
    )
    .delete(
      `${PROJECT}/tasks`,
      {
        summary: 'Delete all tasks that have no result, with their answers',
        operationId: 'deleteTasks',
        answer: DeletionOutcome,
      },
      async (c) => c.json(await deleteTasks(c.var.ctx, shortName(c))),
    )
    .put(
      '/api/project/:id{[0-9]+}/tasks',
      {
        summary: 'Create and change many tasks by keys of your own',
        description:
          'One JSON object a line, or a CSV file whose columns become keys of `info`. Each row has an `external_id`; sent again it changes nothing. The answer has a line for each row and a summary as the last one. `dry_run=true` stores nothing; `from_line` goes on where a connection broke.',
        operationId: 'upsertTasks',
        query: UpsertOptions,
        body: { [NDJSON]: TaskUpsert, 'text/csv': undefined },
        answer: { [NDJSON]: z.union([RowVerdict, UpsertSummary]) },
      },
      async (c) => {
        const options = queryContract(UpsertOptions, c)
        const id = pathId(c, 'project')
        const lines = await upsertTasks(c.var.ctx, id, formatOf(c), c.req.raw.body, options)
        return sendText(c, lines, { type: NDJSON })
      },
    )

/** What curl sends when it is not told is taken for the usual format. */
const NDJSON_TYPES = [
  '',
  NDJSON,
  'application/ndjson',
  'application/jsonl',
  'application/json',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'text/plain',
]

function formatOf(c: Context<Env>): UpsertFormat {
  const type = (c.req.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type === 'text/csv') return 'csv'
  if (NDJSON_TYPES.includes(type)) return 'ndjson'
  throw new ValidationError(`Send ${NDJSON} or text/csv, not ${type}`, 'value', [
    { field: 'Content-Type', message: `must be ${NDJSON} or text/csv` },
  ])
}

function shortName(c: Context<Env>): string {
  return c.req.param('shortName') ?? ''
}
