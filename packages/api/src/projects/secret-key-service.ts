import { randomUUID } from 'node:crypto'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import { findProjectByShortName } from '@manyhands/shared/projects/repository'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import type { ServiceContext } from '../http/env.ts'
import { applyChange } from './apply-change.ts'
import { changeOwnProject, findOwnProject } from './owned-project.ts'

/** Throws NotFoundError, ForbiddenError. */
export async function getSecretKey(ctx: ServiceContext, shortName: string): Promise<string> {
  return (await findOwnProject(ctx, shortName)).secretKey
}

/** A new secret key: every project token made with the old one is void. Throws as `getSecretKey`. */
export function resetSecretKey(ctx: ServiceContext, shortName: string): Promise<string> {
  return changeOwnProject(ctx, shortName, async (tx, project) => {
    const secretKey = randomUUID()
    await applyChange(ctx, tx, project, { secretKey })
    return secretKey
  })
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
