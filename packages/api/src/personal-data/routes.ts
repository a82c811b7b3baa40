import { PersonalDataState } from '@manyhands/shared/personal-data/contract'
import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { sendFile } from '../uploads/send-file.ts'
import { findPersonalDataFile, getPersonalData, orderPersonalData } from './service.ts'

const EXPORT = '/api/account/export'

export const personalDataRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('account', limit)
    .post(
      EXPORT,
      {
        operationId: 'orderPersonalData',
        summary: 'Order everything that is kept of the own account',
        description: 'A ZIP of JSON files. A mail with a link comes when it is ready.',
        answer: PersonalDataState,
      },
      async (c) => c.json({ export: await orderPersonalData(c.var.ctx) }),
    )
    .get(
      EXPORT,
      {
        operationId: 'getPersonalData',
        access: 'account',
        summary: 'The newest archive of the own data',
        answer: PersonalDataState,
      },
      async (c) => {
        c.header('Cache-Control', 'no-store')
        return c.json({ export: await getPersonalData(c.var.ctx) })
      },
    )
    .get(
      `${EXPORT}/:id/download`,
      {
        operationId: 'downloadPersonalData',
        access: 'guest',
        summary: 'The archive, by a signed link',
        params: { id: z.uuid().describe("The archive's id.") },
        query: z.object({
          expires: z.string().describe('Until when the link works, seconds since 1970.'),
          signature: z.string().describe('That this server made the link.'),
        }),
        answer: 'application/zip',
        refuses: [403],
      },
      async (c) => {
        const { expires = '', signature = '' } = c.req.query()
        const link = { expires, signature }
        const key = await findPersonalDataFile(c.var.ctx, c.req.param('id') ?? '', link)
        return sendFile(c, c.var.ctx.storage, key, {
          type: 'application/zip',
          downloadName: 'personal-data.zip',
          cacheControl: 'private, no-store',
        })
      },
    )
