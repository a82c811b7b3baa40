import { Archive, ArchiveDownload } from '@manyhands/shared/archives/contract'
import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { pathId, queryContract } from '../http/arguments.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { sendText } from '../http/send-text.ts'
import { listArchives, openArchive } from './service.ts'

const TYPES = {
  json: 'application/json',
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
} as const

export const archiveRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('projects', limit)
    .get(
      '/api/projects/:shortName/archives',
      {
        summary: 'Answers that were put aside when the project was published',
        operationId: 'listArchives',
        access: 'account',
        answer: z.array(Archive),
      },
      async (c) => c.json(await listArchives(c.var.ctx, c.req.param('shortName') ?? '')),
    )
    .get(
      '/api/projects/:shortName/archives/:id{[0-9]+}',
      {
        summary: 'Download an archive',
        operationId: 'downloadArchive',
        access: 'account',
        query: ArchiveDownload,
        answer: {
          'application/json': z.array(z.record(z.string(), z.unknown())),
          'text/csv': undefined,
          'application/x-ndjson': undefined,
        },
      },
      async (c) => {
        const download = queryContract(ArchiveDownload, c)
        const { fileName, content } = await openArchive(
          c.var.ctx,
          c.req.param('shortName') ?? '',
          pathId(c, 'archive'),
          download,
        )
        return sendText(c, content, { type: TYPES[download.format], fileName })
      },
    )
