import { type ListShape, parseListQuery } from '@manyhands/shared/db/list'
import type { Listed } from '@manyhands/shared/db/list-rows'
import type { TableQueries } from '@manyhands/shared/db/table-queries'
import { retryingDeadlocks } from '@manyhands/shared/db/transaction'
import type { Writer } from '@manyhands/shared/db/types'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import {
  NotFoundError,
  UnauthenticatedError,
  ValidationError,
} from '@manyhands/shared/errors/errors'
import type { UploadKind } from '@manyhands/shared/uploads/table'
import { and, type SQL } from 'drizzle-orm'
import type { Caller, ServiceContext } from '../http/env.ts'
import { removeUploads } from '../uploads/remove-uploads.ts'
import type { UploadPlace } from '../uploads/upload-rules.ts'
import type { Places } from './places.ts'

/** One kind of content that people write beside the tasks: posts, pages, material. The kinds differ in
 *  what is said here and in nothing else. */
export interface ContentKind<Row, New, Place, Input, Change> {
  /** The object's name on the wire, also in the register of uploads. */
  name: UploadKind
  shape: ListShape
  rows: TableQueries<Row, New>
  places: Places<Row, Place>
  mayRead: (caller: Caller, row: Row, place: Place) => boolean
  mayCreate: (caller: Caller, place: Place) => boolean
  /** Changing and deleting. */
  mayChange: (caller: Caller, row: Row, place: Place) => boolean
  /** `mayRead` as a condition, as far as it is not the place's. */
  visible?: (viewer: Caller) => SQL | undefined
  toRow: (input: Input, authorId: number | null) => New
  toChange: (change: Change) => { [Name in keyof New]?: New[Name] | undefined }
  /** What else moves, in the transaction of the write. */
  follow?: {
    created: (tx: Writer, row: Row) => Promise<unknown>
    changed: (tx: Writer, row: Row) => Promise<unknown>
    removed: (tx: Writer, row: Row) => Promise<unknown>
  }
}

export type ContentService<Row, Place, Input, Change> = ReturnType<
  typeof contentService<Row, unknown, Place, Input, Change>
>

export function contentService<Row, New, Place, Input, Change>(
  kind: ContentKind<Row, New, Place, Input, Change>,
) {
  const { name, shape, rows, places, follow } = kind
  const assertMay = (ctx: ServiceContext, allowed: boolean) =>
    assertAllowed(ctx.caller.userId !== null, allowed)

  async function assertMayChange(ctx: ServiceContext, row: Row): Promise<Place> {
    const place = await places.of(ctx, row)
    assertMay(ctx, kind.mayChange(ctx.caller, row, place))
    return place
  }

  async function lock(tx: Writer, id: number): Promise<Row> {
    const row = await rows.lock(tx, id)
    if (!row) throw new NotFoundError(name, id)
    return row
  }

  const service = {
    shape,

    /** Throws ValidationError. */
    list(ctx: ServiceContext, args: Record<string, string>): Promise<Array<Listed<Row>>> {
      const query = parseListQuery(shape, args, true)
      const scope = and(places.scope(ctx, args), kind.visible?.(ctx.caller))
      return ctx.read((db) => rows.list(db, query, scope))
    },

    /** Throws NotFoundError, and the refusal of somebody who may not read it. */
    async get(ctx: ServiceContext, id: number): Promise<Row> {
      const row = await ctx.read((db) => rows.find(db, id))
      if (!row) throw new NotFoundError(name, id)
      assertMay(ctx, kind.mayRead(ctx.caller, row, await places.of(ctx, row)))
      return row
    },

    /** The same for somebody who wants to change it. */
    async getForChange(ctx: ServiceContext, id: number): Promise<Row> {
      const row = await rows.find(ctx.db.primary, id)
      if (!row) throw new NotFoundError(name, id)
      await assertMayChange(ctx, row)
      return row
    },

    /** Where the file of a new piece goes. Throws as `assertMayCreate`. */
    placeForUpload(ctx: ServiceContext, found: Place | undefined): UploadPlace {
      return places.upload(ctx, service.assertMayCreate(ctx, found))
    },

    /** The same for one that is there, which the caller may change. */
    placeForNewFile: async (ctx: ServiceContext, row: Row): Promise<UploadPlace> =>
      places.upload(ctx, await places.of(ctx, row)),

    findPlace: (ctx: ServiceContext, projectId: unknown) => places.find(ctx, projectId),

    /** Returns the place. Throws UnauthenticatedError, ForbiddenError, and ValidationError when there is
     *  no such place. */
    assertMayCreate(ctx: ServiceContext, place: Place | undefined): Place {
      if (ctx.caller.userId === null) throw new UnauthenticatedError()
      if (place === undefined) {
        throw new ValidationError('There is no such project', 'unknown-name', [
          { field: 'project_id', message: 'does not exist' },
        ])
      }
      assertMay(ctx, kind.mayCreate(ctx.caller, place))
      return place
    },

    /** `found`: where the input says that it goes. Throws as `assertMayCreate`. */
    async create(ctx: ServiceContext, found: Place | undefined, input: Input): Promise<Row> {
      const place = service.assertMayCreate(ctx, found)
      const created = await retryingDeadlocks(ctx.db.primary, async (tx) => {
        const row = await rows.insert(tx, kind.toRow(input, ctx.caller.userId))
        await follow?.created(tx, row)
        return row
      })
      await places.forget(ctx, place)
      return created
    },

    /** Changes what is sent and nothing else. Throws NotFoundError, ForbiddenError. */
    async change(ctx: ServiceContext, id: number, change: Change): Promise<Row> {
      const { row, place } = await retryingDeadlocks(ctx.db.primary, async (tx) => {
        const before = await lock(tx, id)
        const place = await assertMayChange(ctx, before)
        const after = (await rows.update(tx, id, kind.toChange(change))) ?? before
        await follow?.changed(tx, after)
        return { row: after, place }
      })
      await places.forget(ctx, place)
      return row
    },

    /** Throws NotFoundError, ForbiddenError. */
    async remove(ctx: ServiceContext, id: number): Promise<void> {
      const place = await retryingDeadlocks(ctx.db.primary, async (tx) => {
        const row = await lock(tx, id)
        const place = await assertMayChange(ctx, row)
        await rows.remove(tx, id)
        await follow?.removed(tx, row)
        return place
      })
      await removeUploads(ctx, name, id)
      await places.forget(ctx, place)
    },
  }
  return service
}
