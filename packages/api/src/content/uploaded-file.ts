import type { ListShape } from '@manyhands/shared/db/list'
import { ForbiddenError, ValidationError } from '@manyhands/shared/errors/errors'
import type { Context } from 'hono'
import type { z } from 'zod'
import { refuseReserved } from '../http/body.ts'
import type { Env, ServiceContext } from '../http/env.ts'
import { withUpload } from '../uploads/receive-upload.ts'
import type { FormFields, UploadRules } from '../uploads/upload-rules.ts'
import type { ContentRow, ContentView, ContentWire } from './content-wire.ts'

/** A body that may also come as a form with a file (rest-api.md section 6). */
export function jsonOrForm(contract: z.ZodType) {
  return { 'application/json': contract, 'multipart/form-data': undefined }
}

/** How the fields of a form are read, and which of them decides where its file goes. */
function readFields({ fields }: ListShape) {
  const named = (...names: string[]) => names.filter((name) => Object.hasOwn(fields, name))
  return {
    numbers: named('project_id', 'priority'),
    flags: named('published'),
    needs: named('project_id'),
  }
}

/** The file of a new piece: whoever may create the piece may store it. */
export function uploadOfNew<Row extends ContentRow, View extends ContentView, Place, Input, Change>(
  ctx: ServiceContext,
  { name, service }: ContentWire<Row, View, Place, Input, Change>,
): UploadRules {
  return {
    kind: name,
    ...readFields(service.shape),
    mayStore: async ({ project_id }) =>
      service.placeForUpload(ctx, await service.findPlace(ctx, project_id)),
  }
}

/** Gives a piece that the caller may change the file of the form. Its other fields change nothing, but
 *  those that only the server writes are refused, and the project must be said and be the same. Throws
 *  ReservedFieldError, ValidationError, ForbiddenError. */
export function replaceFile<Row extends ContentRow, View extends ContentView, Place, Input, Change>(
  c: Context<Env>,
  wire: ContentWire<Row, View, Place, Input, Change>,
  before: Row,
): Promise<Row> {
  const { ctx } = c.var
  const { name, service, toView } = wire
  const { id, info, project_id } = toView(before)
  return withUpload(
    c,
    {
      kind: name,
      ...readFields(service.shape),
      mayStore(fields) {
        assertSameProject(fields, project_id)
        return service.placeForNewFile(ctx, before)
      },
    },
    (fields, file) => {
      refuseReserved(fields, wire)
      const { container, fileName: file_name, mediaUrl: media_url } = file
      const change = wire.change.parse({ media_url, info: { ...info, container, file_name } })
      return service.change(ctx, id, change)
    },
  )
}

function assertSameProject({ project_id }: FormFields, current: number | undefined): void {
  if (current === undefined || project_id === current) return
  if (project_id !== undefined)
    throw new ForbiddenError('project_id cannot be changed here', 'server_owned')
  throw new ValidationError('The form must name the project', 'unknown-name', [
    { field: 'project_id', message: 'is missing' },
  ])
}
