import type { Context as PlatformContext } from '@manyhands/shared/context/context'
import { Pass, PassRequest, ProjectPassword } from '@manyhands/shared/project-passwords/contract'
import type { MiddlewareHandler } from 'hono'
import { parseBody, readJsonObject } from '../http/body.ts'
import { addressPseudonym } from '../http/caller.ts'
import { setPassCookie } from '../http/cookies.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { createAttempts } from './attempts.ts'
import { givePassword, removePassword, setPassword } from './service.ts'

const PASSWORD = '/api/projects/:shortName/password'

export const projectPasswordRoutes = (ctx: PlatformContext, limit: MiddlewareHandler<Env>) => {
  const attempts = createAttempts(ctx)
  return new Routes('project-password', limit)
    .about('A project with a password shows its tasks and answers to whoever has given it.')
    .put(
      PASSWORD,
      {
        summary: 'Set or change the password of a project',
        operationId: 'setProjectPassword',
        body: ProjectPassword,
      },
      async (c) => {
        const { password } = parseBody(ProjectPassword, await readJsonObject(c))
        await setPassword(c.var.ctx, c.req.param('shortName') ?? '', password)
        return c.body(null, 204)
      },
    )
    .delete(
      PASSWORD,
      { summary: 'Take the password away', operationId: 'removeProjectPassword' },
      async (c) => {
        await removePassword(c.var.ctx, c.req.param('shortName') ?? '')
        return c.body(null, 204)
      },
    )
    .post(
      '/api/projects/:shortName/pass',
      {
        summary: 'Give the password of a project',
        description:
          'Sets a cookie for browsers; programs send the token back as `X-Project-Pass` (several: separated by commas). Ten wrong passwords in a quarter of an hour, and an address has to wait.',
        operationId: 'givePassword',
        access: 'guest',
        body: PassRequest,
        answer: Pass,
      },
      async (c) => {
        const { password } = parseBody(PassRequest, await readJsonObject(c))
        const { pass, projectId } = await givePassword(
          c.var.ctx,
          c.req.param('shortName') ?? '',
          password,
          addressPseudonym(c, c.var.ctx),
          attempts,
        )
        setPassCookie(c, projectId, pass.token, c.var.ctx.config.PROJECT_PASS_TTL_SECONDS)
        c.header('Cache-Control', 'no-store')
        return c.json(pass)
      },
    )
}
