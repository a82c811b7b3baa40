import { asc, eq } from 'drizzle-orm'
import type { ListQuery } from '../db/list.ts'
import { type Listed, listRows } from '../db/list-rows.ts'
import type { Reader, Writer } from '../db/types.ts'
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

/** Throws a unique violation for a name that is taken. */
export async function insertCategory(
  db: Writer,
  category: Pick<CategoryRow, 'name' | 'shortName' | 'description'> & Partial<CategoryRow>,
): Promise<CategoryRow> {
  const [row] = await db.insert(categories).values(category).returning()
  if (!row) throw new Error('insert returned no row')
  return row
}

export async function updateCategory(
  db: Writer,
  id: number,
  change: Partial<Omit<CategoryRow, 'id' | 'created'>>,
): Promise<CategoryRow | undefined> {
  const [row] = await db.update(categories).set(change).where(eq(categories.id, id)).returning()
  return row
}

/** Throws a foreign key violation while a project uses it. */
export async function deleteCategory(db: Writer, id: number): Promise<void> {
  await db.delete(categories).where(eq(categories.id, id))
}
