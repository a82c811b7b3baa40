import { Page, PageChange, PageInput } from '@manyhands/shared/pages/contract'
import { toPageView } from '@manyhands/shared/pages/view'
import type { MiddlewareHandler } from 'hono'
import { contentRoutes } from '../content/content-routes.ts'
import type { Env } from '../http/env.ts'
import { pageService } from './service.ts'

export const pageRoutes = (limit: MiddlewareHandler<Env>) =>
  contentRoutes(limit, {
    name: 'page',
    one: 'a page',
    many: 'pages',
    about: 'Pages that outside applications show of a project.',
    service: pageService,
    object: Page,
    input: PageInput,
    change: PageChange,
    toView: toPageView,
    reserved: ['id', 'created'],
  })
