import type { Context } from '@manyhands/shared/context/context'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import { findProject, findProjectByShortName } from '@manyhands/shared/projects/repository'
import type { ProjectRow } from '@manyhands/shared/projects/table'

/** The tag of everything that shows a project: dropped after each change of it. */
export function projectTag(id: number): string {
  return `project:${id}`
}

/** A project for reading and for the paths that volunteers use all the time. Throws NotFoundError. */
export async function getCachedProject(ctx: Context, id: number): Promise<ProjectRow> {
  const row = await ctx.cache.get(
    { key: `project:${id}`, freshMs: 5_000, staleMs: 0, tags: [projectTag(id)] },
    async () => (await findProject(ctx.db.primary, id)) ?? null,
  )
  if (!row) throw new NotFoundError('project', id)
  return row
}

/** By short name, or by id when it is all digits. Throws NotFoundError. */
export async function getProjectByName(ctx: Context, name: string): Promise<ProjectRow> {
  if (/^\d{1,9}$/.test(name)) return getCachedProject(ctx, Number(name))
  const id = await ctx.cache.get(
    { key: `project-name:${name}`, freshMs: 5_000, staleMs: 0, tags: ['project-names'] },
    async () => (await findProjectByShortName(ctx.db.primary, name))?.id ?? null,
  )
  if (id === null) throw new NotFoundError('project', name)
  return getCachedProject(ctx, id)
}
