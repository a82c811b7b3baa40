import { Hono, type MiddlewareHandler } from 'hono'
import type { Env } from '../http/env.ts'
import { jsonPages } from './json-pages.ts'
import { oldNames } from './redirects.ts'
import { taskVisits } from './visit-task.ts'

/** What the original's page addresses do besides showing the app. They are no part of the API: `context`
 *  says who calls, only where that matters. */
export function legacyPages(context: MiddlewareHandler<Env>, limit: MiddlewareHandler<Env>) {
  return new Hono<Env>()
    .route('/', oldNames())
    .route('/', taskVisits(context))
    .route('/', jsonPages(context, limit))
}
