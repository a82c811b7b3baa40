import { recordChange } from '@manyhands/shared/audit-log/repository'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { NotFoundError, UnauthenticatedError } from '@manyhands/shared/errors/errors'
import { mayUpdateProject } from '@manyhands/shared/projects/policy'
import { lockProject, updateProject } from '@manyhands/shared/projects/repository'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { uploaderFor } from '@manyhands/shared/uploads/rules'
import { lockUser, updateUser } from '@manyhands/shared/users/repository'
import type { ServiceContext } from '../http/env.ts'
import { getProjectByName } from '../projects/cached-project.ts'
import { forgetProject } from '../projects/service.ts'
import { removeUploads } from './remove-uploads.ts'
import type { StoredFile, UploadPlace } from './upload-rules.ts'

/** What a record says of the picture that it now has. */
interface Pictured {
  id: number
  mediaUrl: string | null
}

/** Throws NotFoundError, ForbiddenError. */
export async function placeThumbnail(ctx: ServiceContext, name: string): Promise<UploadPlace> {
  const project = await findOwnProject(ctx, name)
  return { userId: uploaderFor(ctx.caller, project), projectId: project.id }
}

/** Throws NotFoundError, ForbiddenError. */
export async function setThumbnail(
  ctx: ServiceContext,
  name: string,
  file: StoredFile | null,
): Promise<Pictured> {
  const { id } = await findOwnProject(ctx, name)
  await ctx.db.primary.transaction(async (tx) => {
    const project = await lockProject(tx, id)
    if (!project) throw new NotFoundError('project', name)
    assertAllowed(ctx.caller.userId !== null, mayUpdateProject(ctx.caller, project))
    const { thumbnail, container: _container, thumbnail_url: _url, ...info } = project.info
    const picture = file && {
      thumbnail: file.fileName,
      container: file.container,
      thumbnail_url: file.mediaUrl,
    }
    await updateProject(tx, id, { info: { ...info, ...picture } })
    await recordChange(tx, {
      project,
      user: ctx.caller.account,
      action: 'update',
      attribute: 'thumbnail',
      oldValue: thumbnail ?? null,
      newValue: file?.fileName ?? null,
    })
  })
  await forgetProject(ctx, id)
  return { id, mediaUrl: file?.mediaUrl ?? null }
}

/** Throws NotFoundError, ForbiddenError. */
export async function removeThumbnail(ctx: ServiceContext, name: string): Promise<void> {
  const { id } = await setThumbnail(ctx, name, null)
  await removeUploads(ctx, 'thumbnail', id)
}

/** Throws UnauthenticatedError. */
export function placeAvatar(ctx: ServiceContext): UploadPlace {
  if (ctx.caller.userId === null) throw new UnauthenticatedError()
  return { userId: ctx.caller.userId, projectId: null }
}

/** Throws UnauthenticatedError. */
export async function setAvatar(ctx: ServiceContext, file: StoredFile | null): Promise<Pictured> {
  const { userId } = ctx.caller
  if (userId === null) throw new UnauthenticatedError()
  await ctx.db.primary.transaction(async (tx) => {
    const user = await lockUser(tx, userId)
    if (!user) throw new UnauthenticatedError()
    const { avatar: _avatar, container: _container, avatar_url: _url, ...info } = user.info
    const picture = file && {
      avatar: file.fileName,
      container: file.container,
      avatar_url: file.mediaUrl,
    }
    await updateUser(tx, userId, { info: { ...info, ...picture } })
  })
  await ctx.wrote()
  return { id: userId, mediaUrl: file?.mediaUrl ?? null }
}

/** Throws UnauthenticatedError. */
export async function removeAvatar(ctx: ServiceContext): Promise<void> {
  const { id } = await setAvatar(ctx, null)
  await removeUploads(ctx, 'avatar', id)
}

async function findOwnProject(ctx: ServiceContext, name: string): Promise<ProjectRow> {
  const project = await getProjectByName(ctx, name)
  assertAllowed(ctx.caller.userId !== null, mayUpdateProject(ctx.caller, project))
  return project
}
