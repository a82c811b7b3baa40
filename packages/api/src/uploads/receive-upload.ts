import type { FileHandle } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ValidationError } from '@manyhands/shared/errors/errors'
import type { StoredHeaders } from '@manyhands/shared/storage/storage'
import { attachUpload, insertUpload } from '@manyhands/shared/uploads/repository'
import { containerOf } from '@manyhands/shared/uploads/rules'
import type { Context } from 'hono'
import type { Env, ServiceContext } from '../http/env.ts'
import { toFields } from './form-fields.ts'
import { type IncomingFile, openIncomingFile } from './incoming-file.ts'
import { FOREVER, mediaTypeOfName } from './media-types.ts'
import { readForm, type TextParts } from './read-form.ts'
import { carefully, discardUpload } from './remove-uploads.ts'
import { storedName } from './stored-name.ts'
import type { FormFields, StoredFile, UploadRules } from './upload-rules.ts'
import { keepOnDisk, readKept } from './waiting-file.ts'

const MAX_PARTS = 50

/** Receives `multipart/form-data` with one part `file` (rest-api.md section 6): streams the file into the
 *  storage and then calls `use` with the body that the same request would have had as JSON, plus
 *  `media_url` and `info.container`, `info.file_name`. `use` stores the record and returns it; the file
 *  then belongs to it, and replaces the one it had. When anything refuses (the form, `mayStore`, `use`) or
 *  the client goes away, no file is left, nor is one when the record that `use` returns has another (the
 *  receipt of a request that was sent before).
 *
 *      .post('/api/helpingmaterial', …, async (c) => {
 *        const { ctx } = c.var
 *        if (!isMultipart(c)) return c.json(view(await create(ctx, parse(await readJsonObject(c)))))
 *        const row = await withUpload(c, {
 *          kind: 'helpingmaterial',
 *          numbers: ['project_id', 'priority'],
 *          needs: ['project_id'],
 *          // the policy check of the service; answers { userId: uploaderFor(caller, project), projectId }
 *          mayStore: (fields) => mayUploadMaterial(ctx, fields.project_id),
 *        }, (body) => create(ctx, parse(body)))
 *        return c.json(view(row))
 *      })
 *
 *  On PUT, where only the file counts, `use` takes `body.media_url` and `body.info` and leaves the rest.
 *  On deleting a record: `removeUploads`.
 *
 *  Throws ValidationError (no `file`, bad `info`, a type that is not accepted), TooLargeError, and what
 *  `mayStore` and `use` throw. */
export async function withUpload<Row extends { id: number; mediaUrl: string | null }>(
  c: Context<Env>,
  rules: UploadRules,
  use: (body: FormFields, file: StoredFile) => Promise<Row>,
): Promise<Row> {
  const { ctx } = c.var
  const { fields, file } = await receive(c, rules)
  let row: Row
  try {
    row = await use(withFile(fields, file), file)
  } catch (error) {
    await discardUpload(ctx, file.key)
    throw error
  }
  if (row.mediaUrl !== file.mediaUrl) await discardUpload(ctx, file.key)
  else await carefully(ctx, () => attachUpload(ctx.db.primary, file.key, rules.kind, row.id))
  return row
}

async function receive(
  c: Context<Env>,
  rules: UploadRules,
): Promise<{ fields: FormFields; file: StoredFile }> {
  const { ctx } = c.var
  const { MAX_BODY_BYTES, MAX_UPLOAD_BYTES } = ctx.config
  // What becomes of the file, inside and outside of the storage.
  const outcome: { stored?: StoredFile; waiting?: { file: IncomingFile; kept: FileHandle } } = {}
  const handle = async (content: Readable, name: string, before: TextParts) => {
    const limits = { bytes: MAX_UPLOAD_BYTES, kinds: rules.kinds }
    const file = await openIncomingFile(content, name, limits)
    if (!file) return
    if ((rules.needs ?? []).every((field) => before.has(field))) {
      outcome.stored = await store(ctx, rules, toFields(before, rules), file, file.content)
    } else outcome.waiting = { file, kept: await keepOnDisk(file.content) }
  }
  try {
    const limits = { fileBytes: MAX_UPLOAD_BYTES, textBytes: MAX_BODY_BYTES, parts: MAX_PARTS }
    const texts = await readForm(c.req.raw, limits, handle)
    const fields = toFields(texts, rules)
    if (outcome.waiting) {
      const { file, kept } = outcome.waiting
      outcome.stored = await store(ctx, rules, fields, file, readKept(kept))
    }
    if (outcome.stored) return { fields, file: outcome.stored }
    // Whoever may not is told so first.
    await rules.mayStore(fields)
    throw new ValidationError(
      'There is no file: the form needs a part named file',
      'unknown-name',
      [{ field: 'file', message: 'is missing' }],
    )
  } catch (error) {
    if (outcome.stored) await discardUpload(ctx, outcome.stored.key)
    throw error
  } finally {
    await outcome.waiting?.kept.close()
  }
}

async function store(
  ctx: ServiceContext,
  rules: UploadRules,
  fields: FormFields,
  file: IncomingFile,
  content: Readable,
): Promise<StoredFile> {
  const { userId, projectId } = await rules.mayStore(fields)
  const container = containerOf(userId)
  const extension = rules.convert?.extension ?? file.type.extension
  const fileName = storedName(file.name, extension, ctx.clock())
  const key = `${container}/${fileName}`
  await insertUpload(ctx.db.primary, { key, kind: rules.kind, projectId, userId })
  try {
    await put(ctx, rules, key, content, headersOf(fileName))
  } catch (error) {
    await discardUpload(ctx, key)
    throw error
  }
  const { UPLOADS_URL, PUBLIC_URL } = ctx.config
  const base = (UPLOADS_URL ?? new URL('/uploads', PUBLIC_URL).href).replace(/\/+$/, '')
  return { key, container, fileName, mediaUrl: `${base}/${key}`, sha256: file.sha256() }
}

async function put(
  ctx: ServiceContext,
  { convert }: UploadRules,
  key: string,
  content: Readable,
  headers: StoredHeaders,
): Promise<void> {
  if (!convert) {
    await ctx.storage.put(key, content, headers)
    return
  }
  const converter = convert.stream()
  const flowing = pipeline(content, converter)
  const [flowed, put] = await Promise.allSettled([
    flowing,
    ctx.storage.put(key, converter, headers),
  ])
  if (flowed.status === 'rejected') throw flowed.reason
  if (put.status === 'rejected') throw put.reason
}

/** As the routes of `/uploads` send it, for whoever reads the store itself. */
export function headersOf(fileName: string): StoredHeaders {
  const { contentType, isShown } = mediaTypeOfName(fileName)
  return {
    contentType,
    contentDisposition: isShown ? undefined : `attachment; filename="${fileName}"`,
    cacheControl: FOREVER,
  }
}

function withFile(fields: FormFields, { container, fileName, mediaUrl }: StoredFile): FormFields {
  const { info } = fields
  const isObject = typeof info === 'object' && info !== null && !Array.isArray(info)
  if (info !== undefined && info !== null && !isObject) {
    // There is no place in a list or a text for the file's name.
    throw new ValidationError('info: must be an object when a file is sent', 'value', [
      { field: 'info', message: 'must be an object when a file is sent' },
    ])
  }
  return { ...fields, media_url: mediaUrl, info: { ...info, container, file_name: fileName } }
}
