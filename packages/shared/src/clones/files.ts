import { type SQL, sql } from 'drizzle-orm'
import { selectRows, writeRows } from '../db/raw.ts'
import type { Reader, Writer } from '../db/types.ts'

/** What a clone takes over that may have a file. */
export type ClonedKind = 'helpingmaterial' | 'page' | 'thumbnail'

export interface ClonedFile {
  key: string
  kind: ClonedKind
}

/** The files that a project's picture, pages and helping materials have. */
export function listFilesToClone(db: Reader, projectId: number): Promise<ClonedFile[]> {
  return selectRows(
    db,
    sql`
    select key, kind from uploads where not doomed and kind = 'thumbnail' and object_id = ${projectId}
    union all
    select u.key, u.kind from helping_materials m join uploads u on u.kind = 'helpingmaterial' and u.object_id = m.id
    where m.project_id = ${projectId} and not u.doomed
    union all
    select u.key, u.kind from pages p join uploads u on u.kind = 'page' and u.object_id = p.id
    where p.project_id = ${projectId} and not u.doomed`,
  )
}

/** Makes what refers to a file of the original in the clone refer to the clone's own. Returns the id of the
 *  record that has it now; undefined when nothing does. */
export async function takeFile(
  db: Writer,
  cloneId: number,
  { key, kind }: ClonedFile,
  own: { key: string; container: string; fileName: string },
): Promise<number | undefined> {
  if (kind === 'thumbnail') return takeThumbnail(db, cloneId, key, own)
  const table = sql.identifier(kind === 'page' ? 'pages' : 'helping_materials')
  const names = JSON.stringify({ container: own.container, file_name: own.fileName })
  const [row] = await writeRows<{ id: number }>(
    db,
    sql`
    update ${table} set media_url = ${replaced(sql`media_url`, key, own.key)}, info = info || ${names}::jsonb
    where project_id = ${cloneId} and ${endsWith(sql`media_url`, key)}
    returning id`,
  )
  return row && Number(row.id)
}

async function takeThumbnail(
  db: Writer,
  cloneId: number,
  key: string,
  own: { key: string; container: string; fileName: string },
): Promise<number | undefined> {
  const url = sql`info ->> 'thumbnail_url'`
  const [row] = await writeRows<{ id: number }>(
    db,
    sql`
    update projects set info = info || jsonb_build_object('container', ${own.container}::text,
      'thumbnail', ${own.fileName}::text, 'thumbnail_url', ${replaced(url, key, own.key)})
    where id = ${cloneId} and ${endsWith(url, key)}
    returning id`,
  )
  return row && Number(row.id)
}

function endsWith(url: SQL, key: string): SQL {
  return sql`right(${url}, length(${key}::text)) = ${key}::text`
}

/** The same address, but for the key at its end. */
function replaced(url: SQL, key: string, by: string): SQL {
  return sql`left(${url}, -length(${key}::text)) || ${by}::text`
}
