import type { CategoryInput } from '@manyhands/shared/categories/contract'
import { categoryList } from '@manyhands/shared/categories/list-shape'
import { mayChangeCategories } from '@manyhands/shared/categories/policy'
import {
  deleteCategory,
  findCategory,
  insertCategory,
  listCategories as listCategoryRows,
  updateCategory,
} from '@manyhands/shared/categories/repository'
import type { CategoryRow } from '@manyhands/shared/categories/table'
import { parseListQuery } from '@manyhands/shared/db/list'
import type { Listed } from '@manyhands/shared/db/list-rows'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import type { ServiceContext } from '../http/env.ts'

/** Throws ValidationError. */
export function listCategories(
  ctx: ServiceContext,
  args: Record<string, string>,
): Promise<Array<Listed<CategoryRow>>> {
  const query = parseListQuery(categoryList, args, true)
  return ctx.read((db) => listCategoryRows(db, query))
}

/** Throws NotFoundError. */
export async function getCategory(ctx: ServiceContext, id: number): Promise<CategoryRow> {
  const category = await ctx.read((db) => findCategory(db, id))
  if (!category) throw new NotFoundError('category', id)
  return category
}

/** Admins only. Throws a unique violation for a name that is taken. */
export async function createCategory(
  ctx: ServiceContext,
  input: CategoryInput,
): Promise<CategoryRow> {
  assertAdmin(ctx)
  const category = await insertCategory(ctx.db.primary, toColumns(input))
  await ctx.cache.drop('catalogue')
  await ctx.wrote()
  return category
}

export async function changeCategory(
  ctx: ServiceContext,
  id: number,
  change: Partial<CategoryInput>,
): Promise<CategoryRow> {
  await getCategory(ctx, id)
  assertAdmin(ctx)
  const category = await updateCategory(ctx.db.primary, id, toColumns(change))
  if (!category) throw new NotFoundError('category', id)
  await ctx.cache.drop('catalogue')
  await ctx.wrote()
  return category
}

export async function removeCategory(ctx: ServiceContext, id: number): Promise<void> {
  await getCategory(ctx, id)
  assertAdmin(ctx)
  await deleteCategory(ctx.db.primary, id)
  await ctx.cache.drop('catalogue')
  await ctx.wrote()
}

function assertAdmin(ctx: ServiceContext): void {
  assertAllowed(ctx.caller.userId !== null, mayChangeCategories(ctx.caller))
}

function toColumns<T extends Partial<CategoryInput>>(input: T) {
  const { short_name, ...rest } = input
  return { ...rest, ...(short_name !== undefined && { shortName: short_name }) } as Omit<
    T,
    'short_name'
  > & {
    shortName: string
  }
}
