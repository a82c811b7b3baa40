import type { Context as PlatformContext } from '@manyhands/shared/context/context'
import { TooLargeError } from '@manyhands/shared/errors/errors'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'
import { accountRoutes } from './account/routes.ts'
import { announcementRoutes } from './announcements/routes.ts'
import { archiveRoutes } from './archives/routes.ts'
import { auditLogRoutes } from './audit-log/routes.ts'
import { blogpostRoutes } from './blogposts/routes.ts'
import { bulkTaskRoutes } from './bulk-tasks/routes.ts'
import { categoryRoutes } from './categories/routes.ts'
import { cloneRoutes } from './clones/routes.ts'
import { disqusRoutes } from './disqus/routes.ts'
import { erasureRoutes } from './erasure/routes.ts'
import { exportRoutes } from './exports/routes.ts'
import { favoriteRoutes } from './favorites/routes.ts'
import { globalStatsRoutes } from './global-stats/routes.ts'
import { greetingRoutes } from './greeting/routes.ts'
import { helpingMaterialRoutes } from './helping-materials/routes.ts'
import { isMultipart } from './http/body.ts'
import { cors } from './http/cors.ts'
import { delivery } from './http/delivery.ts'
import type { Env } from './http/env.ts'
import { handleError, handleUnrouted } from './http/error-handler.ts'
import { refuseForgery } from './http/forgery.ts'
import { healthRoutes, type Liveness } from './http/health.ts'
import { createMetrics } from './http/metrics.ts'
import { mergedPath, methodsOf } from './http/paths.ts'
import { createRateLimit } from './http/rate-limit.ts'
import { requestContext } from './http/request-context.ts'
import { requestId } from './http/request-id.ts'
import type { Routes } from './http/routes.ts'
import { webApp } from './http/web-app.ts'
import { OidcProvider } from './identities/provider.ts'
import { identityRoutes } from './identities/routes.ts'
import { importRoutes } from './imports/routes.ts'
import { legacyFileRoutes } from './legacy-pages/file-routes.ts'
import { legacyPages } from './legacy-pages/routes.ts'
import { mailRoutes } from './mails/routes.ts'
import { memberRoutes } from './members/routes.ts'
import { oneTimeCodeRoutes } from './one-time-codes/routes.ts'
import { ApiDescription } from './open-api/api-description.ts'
import { observeAnswers } from './open-api/observe-answers.ts'
import { pageRoutes } from './pages/routes.ts'
import { passkeyRoutes } from './passkeys/routes.ts'
import { personalDataRoutes } from './personal-data/routes.ts'
import { projectPasswordRoutes } from './project-passwords/routes.ts'
import { catalogueRoutes } from './projects/catalogue-routes.ts'
import { featuredRoutes } from './projects/featured-routes.ts'
import { projectRoutes } from './projects/routes.ts'
import { secretKeyRoutes, tokenRoutes } from './projects/secret-key-routes.ts'
import { publishingRoutes } from './publishing/routes.ts'
import { resultRoutes } from './results/routes.ts'
import { schedulerRoutes } from './scheduler/routes.ts'
import { ownSessionRoutes } from './sessions/own-sessions-routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { signInMethodRoutes } from './sign-in-methods/routes.ts'
import { projectStatsRoutes } from './stats/project-stats-routes.ts'
import { ProjectWatch } from './stats/project-watch.ts'
import { eventRoutes } from './stats/routes.ts'
import { taskRunRoutes, userProgressRoutes } from './task-runs/routes.ts'
import { taskRoutes } from './tasks/routes.ts'
import { trashRoutes } from './trash/routes.ts'
import { pictureRoutes } from './uploads/picture-routes.ts'
import { uploadRoutes } from './uploads/routes.ts'
import { userAdminRoutes } from './users/admin-routes.ts'
import { profileRoutes } from './users/profile-routes.ts'
import { userRoutes } from './users/routes.ts'
import { webhookSettingsRoutes } from './webhooks/settings-routes.ts'

/** Everything the API answers to. Adding a concept: one line in `concepts`. */
export function createApp(ctx: PlatformContext, liveness: Liveness = { draining: false }) {
  const app = new Hono<Env>({ getPath: mergedPath })
  const methods = (path: string) => methodsOf(app, path)
  const limit = createRateLimit(ctx)
  const context = requestContext(ctx)
  const { registry, measure } = createMetrics(ctx)
  const concepts: Routes[] = [
    categoryRoutes(limit('category')),
    catalogueRoutes(limit('projects')),
    schedulerRoutes(limit('newtask')),
    userProgressRoutes(limit('userprogress')),
    projectRoutes(limit('project')),
    secretKeyRoutes(limit('project-key')),
    tokenRoutes(limit('token')),
    publishingRoutes(limit('publishing')),
    archiveRoutes(limit('archives')),
    memberRoutes(limit('members')),
    projectPasswordRoutes(ctx, limit('project-password')),
    webhookSettingsRoutes(limit('webhook')),
    bulkTaskRoutes(limit('bulk-tasks')),
    trashRoutes(limit('projects')),
    cloneRoutes(limit('projects')),
    featuredRoutes(limit('projects')),
    auditLogRoutes(limit('audit-log')),
    taskRoutes(limit('task')),
    taskRunRoutes(limit('taskrun')),
    resultRoutes(limit('result')),
    sessionRoutes(limit('session'), limit('sign-in')),
    oneTimeCodeRoutes(limit('otp')),
    passkeyRoutes(limit('passkey'), limit('sign-in')),
    identityRoutes(limit('identity'), limit('sign-in'), new OidcProvider(ctx.config)),
    signInMethodRoutes(limit('sign-in-methods')),
    accountRoutes(limit('account'), limit('sign-in'), limit('recovery')),
    ownSessionRoutes(limit('session')),
    erasureRoutes(limit('sign-in')),
    personalDataRoutes(limit('personal-data')),
    userRoutes(limit('user')),
    userAdminRoutes(limit('admin-users')),
    profileRoutes(limit('users')),
    mailRoutes(limit('mails')),
    blogpostRoutes(limit('blogpost')),
    announcementRoutes(limit('announcement')),
    pageRoutes(limit('page')),
    helpingMaterialRoutes(limit('helpingmaterial')),
    favoriteRoutes(limit('favorites')),
    projectStatsRoutes(limit('projectstats')),
    globalStatsRoutes(limit('globalstats')),
    greetingRoutes(limit('index')),
    disqusRoutes(limit('sso')),
    importRoutes(limit('import')),
    exportRoutes(limit('export')),
    eventRoutes(limit('events'), new ProjectWatch(ctx)),
    legacyFileRoutes(context, limit('download')),
    pictureRoutes(limit('picture')),
    uploadRoutes(),
  ]
  const health = healthRoutes(ctx, registry, liveness)
  const description = new ApiDescription([...concepts, health])

  app.onError(handleError)
  app.notFound(handleUnrouted(methods))
  if (ctx.onAnswer) app.use(observeAnswers(ctx.onAnswer, description))
  app.route('/', health.app)
  app.use(measure, requestId(ctx.config.TRUSTED_PROXIES))
  app.use(
    ownSecurityPolicy,
    secureHeaders({
      contentSecurityPolicy: CONTENT_SECURITY_POLICY,
      crossOriginResourcePolicy: false,
    }),
  )
  app.use('/api/*', cors(methods), delivery(ctx.config.COMPRESSION))
  app.use('/api/*', limitBody(ctx), context, refuseForgery)
  app.use('/uploads/*', context)
  app.route('/', description.routes.app)
  for (const concept of concepts) app.route('/', concept.app)
  app.route('/', legacyPages(context, limit('pages')))
  if (ctx.config.WEB_ROOT) app.route('/', webApp(ctx.config.WEB_ROOT))
  return app
}

/** The app's own pages load nothing from anywhere else; task pictures may be anywhere. */
const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'blob:', 'https:', 'http:'],
  mediaSrc: ["'self'", 'blob:', 'https:', 'http:'],
  // The UI kit writes style attributes.
  styleSrc: ["'self'", "'unsafe-inline'"],
  fontSrc: ["'self'", 'data:'],
  frameAncestors: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
}

/** Outside of `secureHeaders`, which writes the app's policy over every answer. */
const ownSecurityPolicy = createMiddleware<Env>(async (c, next) => {
  await next()
  const policy = c.get('contentSecurityPolicy')
  if (policy) c.res.headers.set('Content-Security-Policy', policy)
})
const STREAMED = /\/imports$|^\/api\/project\/\d+\/tasks$/

/** Imports and uploads have their own, larger limits: they are streamed. */
function limitBody(ctx: PlatformContext) {
  const limit = bodyLimit({
    maxSize: ctx.config.MAX_BODY_BYTES,
    onError: () => {
      throw new TooLargeError(ctx.config.MAX_BODY_BYTES)
    },
  })
  return (...[c, next]: Parameters<typeof limit>) =>
    STREAMED.test(c.req.path) || isMultipart(c) ? next() : limit(c, next)
}
