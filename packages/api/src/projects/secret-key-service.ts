import { randomUUID } from 'node:crypto'
import { recordChange } from '@manyhands/shared/audit-log/repository'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import { mayUpdateProject } from '@manyhands/shared/projects/policy'
import {
  findProjectByShortName,
  lockProject,
  updateProject,
} from '@manyhands/shared/projects/repository'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import type { ServiceContext } from '../http/env.ts'
import { forgetProject } from './service.ts'

/** Throws NotFoundError, ForbiddenError. */
export async function getSecretKey(ctx: ServiceContext, shortName: string): Promise<string> {
  return (await findOwnProject(ctx, shortName)).secretKey
}

/** A new secret key: every project token made with the old one is void. Throws as `getSecretKey`. */
export async function resetSecretKey(ctx: ServiceContext, shortName: string): Promise<string> {
  const { id } = await findOwnProject(ctx, shortName)
  const secretKey = randomUUID()
  await ctx.db.primary.transaction(async (tx) => {
    const project = await lockProject(tx, id)
    if (!project) throw new NotFoundError('project', shortName)
    await updateProject(tx, id, { secretKey })
    // That it was changed, never what it is.
    await recordChange(tx, {
      project,
      user: ctx.caller.account,
      action: 'update',
      attribute: 'secret_key',
    })
  })
  await forgetProject(ctx, id)
  return secretKey
}

async function findOwnProject(ctx: ServiceContext, shortName: string): Promise<ProjectRow> {
  const project = await findProjectByShortName(ctx.db.primary, shortName)
  if (!project) throw new NotFoundError('project', shortName)
  assertAllowed(ctx.caller.userId !== null, mayUpdateProject(ctx.caller, project))
  return project
}

/** The project that a secret key opens. Throws NotFoundError for an unknown name and a wrong key alike. */
export async function findProjectByKey(
  ctx: ServiceContext,
  shortName: string,
  secretKey: string,
): Promise<ProjectRow> {
  const project = await findProjectByShortName(ctx.db.primary, shortName)
  if (!project || project.secretKey !== secretKey) throw new NotFoundError('project', shortName)
  return project
}
