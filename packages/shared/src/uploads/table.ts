import { bigint, boolean, index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { internalMoment } from '../db/columns.ts'

/** Every uploaded file and the record it belongs to. The owner's `info` names the file too, but clients
 *  write that as they please: only this table decides what is removed with a record. There are no foreign
 *  keys, because a row must outlive its record until the file is gone (the worker's `clean-uploads`). */
export const uploads = pgTable(
  'uploads',
  {
    /** In the storage: `user_12/0f3c…-owl.jpg`. Never used twice. */
    key: text().primaryKey(),
    kind: text().$type<UploadKind>().notNull(),
    /** Null until the record is stored. */
    objectId: bigint({ mode: 'number' }),
    /** Null for what belongs to no project: avatars, announcements. */
    projectId: integer(),
    /** Whose container it lies in; null: `anonymous`. */
    userId: integer(),
    /** Its file is to be removed, and then this row. */
    doomed: boolean().notNull().default(false),
    created: internalMoment().notNull().defaultNow(),
  },
  (t) => [
    index('uploads_object_idx').on(t.kind, t.objectId),
    index('uploads_user_id_idx').on(t.userId),
  ],
)

/** What a file can belong to: the wire's name of the object, or a picture of a project or an account. */
export type UploadKind =
  | 'taskrun'
  | 'helpingmaterial'
  | 'blogpost'
  | 'announcement'
  | 'page'
  | 'thumbnail'
  | 'avatar'
