import { ForbiddenError } from '@manyhands/shared/errors/errors'
import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { reportedAs } from '../http/view-name.ts'
import { createProjectToken } from '../volunteers/project-token.ts'
import { findProjectByKey, getSecretKey, resetSecretKey } from './secret-key-service.ts'

const SecretKey = z.object({ secret_key: z.string() })
const KEY = '/api/projects/:shortName/secret-key'

export const secretKeyRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('project', limit)
    .get(
      KEY,
      {
        operationId: 'getSecretKey',
        access: 'account',
        summary: "A project's secret key, for its owners",
        answer: SecretKey,
      },
      async (c) => {
        c.header('Cache-Control', 'no-store')
        return c.json({ secret_key: await getSecretKey(c.var.ctx, c.req.param('shortName') ?? '') })
      },
    )
    .post(
      KEY,
      { operationId: 'resetSecretKey', summary: 'A new secret key', answer: SecretKey },
      async (c) =>
        c.json({ secret_key: await resetSecretKey(c.var.ctx, c.req.param('shortName') ?? '') }),
    )

/** With the secret key an outside application gets a token (rest-api.md section 1.3). */
export const tokenRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('project', reportedAs('AUTH_JWT_PROJECT'), limit).get(
    '/api/auth/project/:shortName/token',
    {
      operationId: 'getProjectToken',
      summary: "A token for an outside application's users",
      answer: 'text/html',
    },
    async (c) => {
      const key = c.req.header('authorization')
      if (!key) throw new ForbiddenError('Missing Authorization header')
      const project = await findProjectByKey(c.var.ctx, c.req.param('shortName') ?? '', key)
      return c.html(await createProjectToken(project))
    },
  )
