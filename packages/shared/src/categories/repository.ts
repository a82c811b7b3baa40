import { asc, eq } from 'drizzle-orm'
import type { ListQuery } from '../db/list.ts'
import { type Listed, listRows } from '../db/list-rows.ts'
import { tableQueries } from '../db/table-queries.ts'
import type { Reader } from '../db/types.ts'
import { type CategoryRow, categories } from './table.ts'

export async function findCategory(db: Reader, id: number): Promise<CategoryRow | undefined> {
  const [row] = await db.select().from(categories).where(eq(categories.id, id))
  return row
}

/** The category of a project that names none. */
export async function findFirstCategory(db: Reader): Promise<CategoryRow | undefined> {
  const [row] = await db.select().from(categories).orderBy(asc(categories.id)).limit(1)
  return row
}

export function listCategories(db: Reader, query: ListQuery): Promise<Array<Listed<CategoryRow>>> {
  return listRows(db, categories, query)
}

const rows = tableQueries(categories)

/** Throws a unique violation for a name that is taken. */
export const insertCategory = rows.insert

/** The same. */
export const updateCategory = rows.update

/** Throws a foreign key violation while a project uses it. */
export const deleteCategory = rows.remove
