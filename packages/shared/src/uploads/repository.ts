import { and, eq, ne, type SQL, sql } from 'drizzle-orm'
import { selectRows } from '../db/raw.ts'
import type { Reader, Writer } from '../db/types.ts'
import { type UploadKind, uploads } from './table.ts'

export interface NewUpload {
  key: string
  kind: UploadKind
  projectId: number | null
  userId: number | null
}

/** Before the first byte is stored, so that no file is ever unknown. */
export async function insertUpload(db: Writer, upload: NewUpload): Promise<void> {
  await db.insert(uploads).values(upload)
}

/** Gives the file to its record, which has one: the ones before it are doomed. Returns their keys. */
export async function attachUpload(
  db: Writer,
  key: string,
  kind: UploadKind,
  objectId: number,
): Promise<string[]> {
  await db.update(uploads).set({ objectId }).where(eq(uploads.key, key))
  return doom(db, and(eq(uploads.kind, kind), eq(uploads.objectId, objectId), ne(uploads.key, key)))
}

export function doomUpload(db: Writer, key: string): Promise<string[]> {
  return doom(db, eq(uploads.key, key))
}

/** Dooms the file of a record. Returns its key. */
export function doomUploadsOf(db: Writer, kind: UploadKind, objectId: number): Promise<string[]> {
  return doom(db, and(eq(uploads.kind, kind), eq(uploads.objectId, objectId)))
}

async function doom(db: Writer, where: SQL | undefined): Promise<string[]> {
  const rows = await db
    .update(uploads)
    .set({ doomed: true })
    .where(where)
    .returning({ key: uploads.key })
  return rows.map((row) => row.key)
}

/** Once the file is gone. */
export async function deleteUpload(db: Writer, key: string): Promise<void> {
  await db.delete(uploads).where(eq(uploads.key, key))
}

/** One page of all files, in order of their keys: which of them nobody needs any more, because they are
 *  doomed, or their record or project is gone however it went (a cascade, too). */
export function listUploadPage(
  db: Reader,
  after: string,
  limit: number,
): Promise<Array<{ key: string; gone: boolean }>> {
  return selectRows(
    db,
    sql`
    with page as (select * from uploads where key > ${after} order by key limit ${limit})
    select key, doomed
      or (object_id is not null and not case kind
        when 'taskrun' then exists (select 1 from task_runs where id = object_id)
          -- Put aside with its answer, when the project was published.
          or exists (select 1 from archives a join archived_rows r
            on r.archive_id = a.id and r.kind = 'task_run' and r.row_id = object_id
            where a.project_id = page.project_id)
        when 'helpingmaterial' then exists (select 1 from helping_materials where id = object_id)
        when 'blogpost' then exists (select 1 from blogposts where id = object_id)
        when 'announcement' then exists (select 1 from announcements where id = object_id)
        when 'page' then exists (select 1 from pages where id = object_id)
        when 'thumbnail' then exists (select 1 from projects where id = object_id)
        when 'avatar' then exists (select 1 from users where id = object_id)
        else true end)
      or (project_id is not null and not exists (select 1 from projects where id = project_id)) as gone
    from page order by key`,
  )
}
