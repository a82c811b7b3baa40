import { Blogpost, BlogpostChange, BlogpostInput } from '@manyhands/shared/blogposts/contract'
import { toBlogpostView } from '@manyhands/shared/blogposts/view'
import type { MiddlewareHandler } from 'hono'
import { contentRoutes } from '../content/content-routes.ts'
import type { Env } from '../http/env.ts'
import { blogpostService } from './service.ts'

export const blogpostRoutes = (limit: MiddlewareHandler<Env>) =>
  contentRoutes(limit, {
    name: 'blogpost',
    one: 'a blog post',
    many: 'blog posts',
    about: 'News of a project, written by its owners.',
    service: blogpostService,
    object: Blogpost,
    input: BlogpostInput,
    change: BlogpostChange,
    toView: toBlogpostView,
    reserved: ['id', 'created', 'updated', 'user_id'],
    namesReserved: true,
  })
