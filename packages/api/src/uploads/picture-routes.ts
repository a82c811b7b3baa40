import { Avatar, PictureForm, Thumbnail } from '@manyhands/shared/uploads/contract'
import type { Context, MiddlewareHandler } from 'hono'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { PictureConverter } from './picture-converter.ts'
import {
  placeAvatar,
  placeThumbnail,
  removeAvatar,
  removeThumbnail,
  setAvatar,
  setThumbnail,
} from './picture-service.ts'
import { withUpload } from './receive-upload.ts'

const THUMBNAIL = '/api/projects/:shortName/thumbnail'
const AVATAR = '/api/account/avatar'
const body = { 'multipart/form-data': PictureForm }

/** The pictures of projects and accounts: small, and made anew from what was sent. */
export const pictureRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('picture', limit)
    .about('The picture of a project, and of the own account.')
    .post(
      THUMBNAIL,
      {
        operationId: 'setThumbnail',
        summary: 'Give a project a picture',
        description: 'Any picture, as the part `file`. It is made to fit into 512 x 512.',
        body,
        answer: Thumbnail,
      },
      async (c) => {
        const { ctx } = c.var
        const name = shortName(c)
        const { mediaUrl } = await withUpload(
          c,
          { ...picture('thumbnail', 512, 'inside'), mayStore: () => placeThumbnail(ctx, name) },
          (_fields, file) => setThumbnail(ctx, name, file),
        )
        return c.json({ thumbnail_url: mediaUrl })
      },
    )
    .delete(
      THUMBNAIL,
      { operationId: 'removeThumbnail', summary: "Take a project's picture away" },
      async (c) => {
        await removeThumbnail(c.var.ctx, shortName(c))
        return c.body(null, 204)
      },
    )
    .post(
      AVATAR,
      {
        operationId: 'setAvatar',
        summary: 'Give the own account a picture',
        description: 'Any picture, as the part `file`. Its middle is made 256 x 256.',
        body,
        answer: Avatar,
      },
      async (c) => {
        const { ctx } = c.var
        const { mediaUrl } = await withUpload(
          c,
          { ...picture('avatar', 256, 'cover'), mayStore: () => placeAvatar(ctx) },
          (_fields, file) => setAvatar(ctx, file),
        )
        return c.json({ avatar_url: mediaUrl })
      },
    )
    .delete(
      AVATAR,
      { operationId: 'removeAvatar', summary: "Take the own account's picture away" },
      async (c) => {
        await removeAvatar(c.var.ctx)
        return c.body(null, 204)
      },
    )

function picture(kind: 'thumbnail' | 'avatar', size: number, fit: 'inside' | 'cover') {
  const stream = () => new PictureConverter(size, fit)
  return { kind, kinds: ['image'], convert: { extension: 'webp', stream } } as const
}

function shortName(c: Context<Env>): string {
  return c.req.param('shortName') ?? ''
}
