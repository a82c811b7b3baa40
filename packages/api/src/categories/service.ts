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

/** Moderators only. Throws a unique violation for a name that is taken. */
export async function createCategory(
  ctx: ServiceContext,
  input: CategoryInput,
): Promise<CategoryRow> {
  assertMayChange(ctx)
  const { short_name, ...rest } = input
  const category = await insertCategory(ctx.db.primary, { ...rest, shortName: short_name })
  await ctx.cache.drop('catalogue')
  await ctx.wrote()
  return category
}

/** A category that the caller may change. Throws NotFoundError, ForbiddenError. */
export async function getCategoryToChange(ctx: ServiceContext, id: number): Promise<CategoryRow> {
  const category = await findCategory(ctx.db.primary, id)
  if (!category) throw new NotFoundError('category', id)
  assertMayChange(ctx)
  return category
}

/** Throws NotFoundError, ForbiddenError, a unique violation for a name that is taken. */
export async function changeCategory(
  ctx: ServiceContext,
  id: number,
  change: Partial<CategoryInput>,
): Promise<CategoryRow> {
  await getCategoryToChange(ctx, id)
  const { short_name, ...rest } = change
  const category = await updateCategory(ctx.db.primary, id, { ...rest, shortName: short_name })
  if (!category) throw new NotFoundError('category', id)
  await ctx.cache.drop('catalogue')
  await ctx.wrote()
  return category
}

/** Throws NotFoundError, ForbiddenError, a foreign key violation while a project uses it. */
export async function removeCategory(ctx: ServiceContext, id: number): Promise<void> {
  await getCategoryToChange(ctx, id)
  await deleteCategory(ctx.db.primary, id)
  await ctx.cache.drop('catalogue')
  await ctx.wrote()
}

/** Throws UnauthenticatedError, ForbiddenError. */
export function assertMayChange(ctx: ServiceContext): void {
  assertAllowed(ctx.caller.userId !== null, mayChangeCategories(ctx.caller))
}
