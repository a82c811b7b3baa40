import type { Context } from '@manyhands/shared/context/context'
import { findProject } from '@manyhands/shared/projects/repository'
import { projectScope } from '@manyhands/shared/projects/scope'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { uploaderFor } from '@manyhands/shared/uploads/rules'
import type { SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { ServiceContext } from '../http/env.ts'
import { ownScope } from '../http/own-scope.ts'
import { getCachedProject } from '../projects/cached-project.ts'
import { forgetProject } from '../projects/service.ts'
import type { UploadPlace } from '../uploads/upload-rules.ts'

/** Where pieces of content belong: what decides who may read and write them. */
export interface Places<Row, Place> {
  /** Throws NotFoundError when the place is gone, or in the trash. */
  of(ctx: Context, row: Row): Promise<Place>
  /** The place that a new piece names, if there is such a one. */
  find(ctx: Context, projectId: unknown): Promise<Place | undefined>
  /** Whose a file that the caller uploads there is. */
  upload(ctx: ServiceContext, place: Place): UploadPlace
  /** What a list of this caller may be about (rest-api.md section 3.2). */
  scope(ctx: ServiceContext, args: Record<string, string>): SQL | undefined
  /** After the commit of a change. */
  forget(ctx: ServiceContext, place: Place): Promise<unknown>
}

/** Content of a project; `projectId` is the column that says of which. */
export function inProject<Row extends { projectId: number }>(
  projectId: PgColumn,
): Places<Row, ProjectRow> {
  return {
    of: (ctx, row) => getCachedProject(ctx, row.projectId),
    find: async (ctx, id) => (isId(id) ? findProject(ctx.db.primary, id) : undefined),
    upload: (ctx, project) => ({
      userId: uploaderFor(ctx.caller, project),
      projectId: project.id,
    }),
    scope: (ctx, args) => projectScope(projectId, ctx.caller, ownScope(ctx, args)),
    forget: (ctx, project) => forgetProject(ctx, project.id),
  }
}

/** Content of the whole site. */
export const onSite: Places<unknown, 'site'> = {
  of: () => Promise.resolve('site'),
  find: () => Promise.resolve('site'),
  upload: (ctx) => ({ userId: ctx.caller.userId, projectId: null }),
  scope: () => undefined,
  forget: (ctx) => ctx.wrote(),
}

function isId(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 2_147_483_647
}
