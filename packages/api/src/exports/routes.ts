import { Export, ExportRequest } from '@manyhands/shared/exports/contract'
import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { parseBody, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { RANGE_ANSWERS, sendFile } from '../uploads/send-file.ts'
import { cancelExport, findDownload, getExport, listExports, requestExport } from './service.ts'

const ID = { id: z.uuid().describe("The export's id.") }
const OF_PROJECT = '/api/projects/:shortName/exports'

export const exportRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('export', limit)
    .about('Tasks, task runs and results to take away, as CSV or JSON.')
    .get(
      OF_PROJECT,
      {
        operationId: 'listExports',
        access: 'account',
        summary: 'The newest exports of a project',
        answer: z.array(Export),
      },
      async (c) => c.json(await listExports(c.var.ctx, c.req.param('shortName') ?? '')),
    )
    .post(
      OF_PROJECT,
      {
        operationId: 'requestExport',
        summary: 'Order an export',
        body: ExportRequest,
        answer: Export,
      },
      async (c) => {
        const request = parseBody(ExportRequest, await readJsonObject(c))
        return c.json(await requestExport(c.var.ctx, c.req.param('shortName') ?? '', request))
      },
    )
    .get(
      '/api/exports/:id',
      {
        operationId: 'getExport',
        params: ID,
        access: 'account',
        summary: 'One export and how far it is',
        answer: Export,
      },
      async (c) => c.json(await getExport(c.var.ctx, c.req.param('id') ?? '')),
    )
    .delete(
      '/api/exports/:id',
      { operationId: 'cancelExport', params: ID, summary: 'Cancel an export', answer: Export },
      async (c) => c.json(await cancelExport(c.var.ctx, c.req.param('id') ?? '')),
    )
    .get(
      '/api/exports/:id/download',
      {
        operationId: 'downloadExport',
        access: 'guest',
        summary: 'The file, by a signed link',
        params: ID,
        query: z.object({
          expires: z.string().describe('Seconds since 1970, from the link.'),
          signature: z.string().describe('From the link.'),
        }),
        answer: 'application/zip',
        answers: RANGE_ANSWERS,
      },
      async (c) => {
        const { expires, signature } = c.req.query()
        const file = await findDownload(c.var.ctx, c.req.param('id') ?? '', expires, signature)
        return sendFile(c, c.var.ctx.storage, file.storageKey, {
          type: 'application/zip',
          downloadName: file.fileName,
          etag: file.sha256 ?? undefined,
          cacheControl: 'private, no-transform',
        })
      },
    )
