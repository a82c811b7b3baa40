import { NotFoundError } from '@manyhands/shared/errors/errors'
import { z } from 'zod'
import { Routes } from '../http/routes.ts'
import { contentTypeOf } from './content-type.ts'
import { RANGE_ANSWERS, sendFile } from './send-file.ts'

/** Parts of the storage that are reached by other ways only. */
const PRIVATE = ['exports/', 'imports/']

/** Uploaded media, public as in the original. Names are never used twice, so a copy is good for ever. */
export const uploadRoutes = () =>
  new Routes('upload').about('Uploaded files, as they were sent.').get(
    '/uploads/:key{.+}',
    {
      operationId: 'downloadUpload',
      summary: 'An uploaded file',
      access: 'public',
      params: {
        key: z.string().describe("Folder and name, as an object's `media_url` gives them."),
      },
      answer: '*/*',
      answers: RANGE_ANSWERS,
    },
    async (c) => {
      const key = decodeURIComponent(c.req.path.slice('/uploads/'.length))
      if (PRIVATE.some((part) => key.startsWith(part)) || key.split('/').includes('..')) {
        throw new NotFoundError('file', key)
      }
      const { type, isShown } = contentTypeOf(key)
      return sendFile(c, c.var.ctx.storage, key, {
        type,
        downloadName: isShown ? undefined : key.slice(key.lastIndexOf('/') + 1),
        cacheControl: 'public, max-age=31536000, immutable',
      })
    },
  )
