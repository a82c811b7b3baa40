import { CapturedMail } from '@manyhands/shared/mails/contract'
import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { readInbox } from './service.ts'

export const mailRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('mail', limit)
    .about('Mails that a platform without a mail server keeps instead of sending them.')
    .get(
      '/api/admin/mails',
      {
        operationId: 'listCapturedMails',
        access: 'admin',
        summary: 'The development inbox, newest first',
        description:
          'Mails that were kept because no SMTP server is configured; refused where one is.',
        answer: z.array(CapturedMail),
      },
      async (c) => {
        c.header('Cache-Control', 'no-store')
        return c.json(await readInbox(c.var.ctx))
      },
    )
