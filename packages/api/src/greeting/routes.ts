import type { MiddlewareHandler } from 'hono'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { limitedAs } from '../http/view-name.ts'

/** The address of the API itself, which clients ask to see whether there is one. */
export const greetingRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('index', limitedAs('INDEX'), limit)
    .about('The beginning of the API.')
    .get(
      '/api/',
      { operationId: 'getGreeting', summary: 'A greeting', access: 'public', answer: 'text/html' },
      (c) =>
        c.body(`The ${c.var.ctx.config.BRAND} API`, 200, {
          'Content-Type': 'text/html; charset=utf-8',
        }),
    )
