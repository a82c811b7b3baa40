import { NotFoundError, ValidationError } from '@manyhands/shared/errors/errors'
import { ExportFormat, type ExportRequest, ExportType } from '@manyhands/shared/exports/contract'
import { TaskRun } from '@manyhands/shared/task-runs/contract'
import { toTaskRunView } from '@manyhands/shared/task-runs/view'
import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { exportNow } from '../exports/export-now.ts'
import { pathId } from '../http/arguments.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { listAnswersOfTask } from '../task-runs/list-answers-of-task.ts'
import { sendFile } from '../uploads/send-file.ts'

const ExportQuery = z.object({
  type: ExportType.optional().describe('What to export.'),
  format: ExportFormat.optional().describe('The format of the files in the ZIP.'),
})

/** The files of a project at the addresses that the original's links and scripts have (clients.md C.36,
 *  behaviour.md sections 1.1 and 6). */
export const legacyFileRoutes = (...middleware: MiddlewareHandler<Env>[]) =>
  new Routes('project', ...middleware)
    .get(
      '/project/:shortName/tasks/export',
      {
        operationId: 'downloadProjectData',
        summary: 'A ZIP of all tasks, task runs or results',
        description:
          'A fresh one is sent at once, else it is made while the caller waits; 503 says that it takes longer: ask again. Without `type` and `format` this is a page of the app.',
        query: ExportQuery,
        answer: { 'application/zip': undefined, 'text/html': undefined },
        refuses: [404, 415, 503],
      },
      async (c, next) => {
        const { type, format } = c.req.query()
        if (type === undefined && format === undefined) {
          await next()
          return c.res
        }
        const request = parseRequest(type, format)
        const shortName = c.req.param('shortName') ?? ''
        const file = await exportNow(c.var.ctx, shortName, request, c.req.raw.signal)
        if (!file.storageKey || !file.fileName) throw new NotFoundError('export', file.id)
        return sendFile(c, c.var.ctx.storage, file.storageKey, {
          type: 'application/zip',
          downloadName: file.fileName,
          etag: file.sha256 ?? undefined,
          cacheControl: 'private, no-transform',
        })
      },
    )
    .get(
      // Not `{[0-9]+}`: what is no id would otherwise be answered with the web app's page.
      '/project/:shortName/:taskId/results.json',
      {
        operationId: 'listTaskRunsOfTask',
        summary: 'All task runs of one task',
        params: { taskId: z.int32().min(0).describe('The id of the task.') },
        answer: z.array(TaskRun),
      },
      async (c) => {
        c.header('Cache-Control', 'private, no-cache')
        const shortName = c.req.param('shortName') ?? ''
        const rows = await listAnswersOfTask(c.var.ctx, shortName, pathId(c, 'task', 'taskId'))
        return c.json(rows.map(toTaskRunView))
      },
    )

/** Half a request names no file; a format that there is not is the caller's mistake (behaviour.md
 *  section 6.1). */
function parseRequest(type: string | undefined, format: string | undefined): ExportRequest {
  if (type === undefined || format === undefined) throw new NotFoundError('export', '')
  const knownFormat = ExportFormat.safeParse(format)
  if (!knownFormat.success) {
    throw new ValidationError(`format must be json or csv, not '${format}'`, 'value', [
      { field: 'format', message: 'must be json or csv' },
    ])
  }
  const knownType = ExportType.safeParse(type)
  if (!knownType.success) throw new NotFoundError('export of the type', type)
  return { type: knownType.data, format: knownFormat.data }
}
