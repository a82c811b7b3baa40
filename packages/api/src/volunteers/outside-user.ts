import { externalVolunteer } from '@manyhands/shared/volunteers/identity'
import type { Context } from 'hono'
import type { Env, ServiceContext } from '../http/env.ts'
import { getCachedProject } from '../projects/cached-project.ts'
import { verifyProjectToken } from './project-token.ts'

/** The context for a request that an outside application makes for one of its own users. Without
 *  `externalUid` (empty counts as absent) it is the caller's own. Throws NotFoundError, ProjectTokenError. */
export async function forOutsideUser(
  c: Context<Env>,
  projectId: number,
  externalUid: string | null | undefined,
): Promise<ServiceContext> {
  const { ctx } = c.var
  if (!externalUid) return ctx
  const project = await getCachedProject(ctx, projectId)
  await verifyProjectToken(c.req.header('authorization'), project)
  return { ...ctx, caller: { ...ctx.caller, volunteer: externalVolunteer(externalUid) } }
}
