import { createHash } from 'node:crypto'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import { isPublicKey } from '@manyhands/shared/uploads/rules'
import { z } from 'zod'
import { Routes } from '../http/routes.ts'
import { FOREVER, mediaTypeOfName } from './media-types.ts'
import { RANGE_ANSWERS, sendFile } from './send-file.ts'

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
      const key = toKey(c.req.path.slice('/uploads/'.length))
      const { contentType, isShown } = mediaTypeOfName(key)
      // Presenters run on origins of their own, and read pictures into canvases.
      c.header('Access-Control-Allow-Origin', '*')
      c.header('Access-Control-Expose-Headers', 'Content-Length, Content-Range, ETag')
      c.header('Cross-Origin-Resource-Policy', 'cross-origin')
      return sendFile(c, c.var.ctx.storage, key, {
        type: contentType,
        downloadName: isShown ? undefined : key.slice(key.lastIndexOf('/') + 1),
        // A key is never used twice: it stands for its content.
        etag: createHash('sha256').update(key).digest('base64url').slice(0, 22),
        cacheControl: FOREVER,
      })
    },
  )

/** Throws NotFoundError for whatever is no public file's address. */
function toKey(path: string): string {
  let key: string | undefined
  try {
    key = decodeURIComponent(path)
  } catch {
    // Not even an encoding: there is no such file.
  }
  if (key === undefined || !isPublicKey(key)) throw new NotFoundError('file', path)
  return key
}
