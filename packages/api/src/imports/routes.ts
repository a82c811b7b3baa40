import { parseFlag } from '@manyhands/shared/db/list'
import { ValidationError } from '@manyhands/shared/errors/errors'
import { ImportOutcome, ImportPreview } from '@manyhands/shared/imports/contract'
import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { importTasks, previewImport } from './service.ts'

export const importRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('import', limit).about('Tasks from a file, all of it or nothing.').post(
    '/api/projects/:shortName/imports',
    {
      operationId: 'importTasks',
      summary: 'Import tasks from a CSV file, or with dry_run=true look at what it would do',
      body: 'text/csv',
      query: z.object({
        dry_run: z.string().optional().describe('With `true` nothing is stored.'),
      }),
      answer: z.union([ImportOutcome, ImportPreview]),
    },
    async (c) => {
      const file = c.req.raw.body
      if (!file) {
        throw new ValidationError('The body must be a CSV file', 'value', [
          { field: '', message: 'is empty' },
        ])
      }
      const shortName = c.req.param('shortName') ?? ''
      const run = parseFlag('dry_run', c.req.query('dry_run') ?? '') ? previewImport : importTasks
      return c.json(await run(c.var.ctx, shortName, file))
    },
  )
