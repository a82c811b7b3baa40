import { assertAllowed } from '@manyhands/shared/errors/allow'
import { ForbiddenError, NotFoundError, ValidationError } from '@manyhands/shared/errors/errors'
import type { Pass } from '@manyhands/shared/project-passwords/contract'
import { mayReadProject } from '@manyhands/shared/projects/policy'
import { findProjectByShortName } from '@manyhands/shared/projects/repository'
import { hashPassword, isPassword } from '@manyhands/shared/secrets/passwords'
import type { ServiceContext } from '../http/env.ts'
import { applyChange } from '../projects/apply-change.ts'
import { changeOwnProject, findOwnProject } from '../projects/owned-project.ts'
import { createPass } from './passes.ts'

/** Tries that are counted; a right one is given back. */
export interface Attempts {
  /** Throws RateLimitedError. */
  spend(key: string): Promise<void>
  giveBack(key: string): Promise<void>
}

/** A password for a project, or another one: whoever has given the old one must give the new one. Throws
 *  NotFoundError, ForbiddenError. */
export async function setPassword(
  ctx: ServiceContext,
  shortName: string,
  password: string,
): Promise<void> {
  await findOwnProject(ctx, shortName)
  const passwordHash = await hashPassword(password)
  await changeOwnProject(ctx, shortName, async (tx, project) => {
    await applyChange(ctx, tx, project, { passwordHash })
  })
}

/** Opens the project to everybody again. Throws NotFoundError, ForbiddenError. */
export async function removePassword(ctx: ServiceContext, shortName: string): Promise<void> {
  await changeOwnProject(ctx, shortName, async (tx, project) => {
    await applyChange(ctx, tx, project, { passwordHash: null })
  })
}

/** A pass for whoever knows the password; it opens drafts too (behaviour.md section 1.0). `visitor`: whose
 *  tries are counted. Throws NotFoundError, RateLimitedError, ForbiddenError (`wrong_password`). */
export async function givePassword(
  ctx: ServiceContext,
  shortName: string,
  password: string,
  visitor: string,
  attempts: Attempts,
): Promise<{ pass: Pass; projectId: number }> {
  const project = await findProjectByShortName(ctx.db.primary, shortName)
  if (!project) throw new NotFoundError('project', shortName)
  if (project.passwordHash === null) {
    assertAllowed(ctx.caller.userId !== null, mayReadProject(ctx.caller, project))
    throw new ValidationError('This project has no password', 'value', [
      { field: 'password', message: 'is not needed here' },
    ])
  }
  const key = `${project.id}:${visitor}`
  await attempts.spend(key)
  if (!(await isPassword(project.passwordHash, password))) {
    throw new ForbiddenError('The password is not right', 'wrong_password')
  }
  await attempts.giveBack(key)
  return { pass: createPass(ctx, project), projectId: project.id }
}
