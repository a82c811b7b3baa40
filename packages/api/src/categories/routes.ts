import { Category, CategoryInput } from '@manyhands/shared/categories/contract'
import { categoryList } from '@manyhands/shared/categories/list-shape'
import type { CategoryRow } from '@manyhands/shared/categories/table'
import { toCategoryView } from '@manyhands/shared/categories/view'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { pathId, queryArguments, refuseUnknownArguments } from '../http/arguments.ts'
import { parseBody, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { link } from '../http/links.ts'
import { Routes } from '../http/routes.ts'
import {
  assertMayChange,
  changeCategory,
  createCategory,
  getCategory,
  getCategoryToChange,
  listCategories,
  removeCategory,
} from './service.ts'

const RULES = { reserved: ['id', 'created'], namesReserved: true }
const ONE = '/api/category/:id{[0-9]+}'

export const categoryRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('category', limit)
    .about('What projects are sorted by.')
    .get(
      '/api/category',
      { summary: 'List categories', list: categoryList, answer: z.array(Category) },
      async (c) =>
        c.json(
          (await listCategories(c.var.ctx, queryArguments(c))).map((row) => ({
            ...show(c, row),
            ...row.found,
          })),
        ),
    )
    .post(
      '/api/category',
      { summary: 'Create a category', body: CategoryInput, answer: Category },
      async (c) => {
        refuseUnknownArguments(c, categoryList)
        const input = parseBody(CategoryInput, await readJsonObject(c), {
          ...RULES,
          beforeValues: () => assertMayChange(c.var.ctx),
        })
        return c.json(toCategoryView(await createCategory(c.var.ctx, input)))
      },
    )
    .get(ONE, { summary: 'One category', answer: Category }, async (c) =>
      c.json(show(c, await getCategory(c.var.ctx, pathId(c, 'category')))),
    )
    .put(
      ONE,
      { summary: 'Change a category', body: CategoryInput.partial(), answer: Category },
      async (c) => {
        refuseUnknownArguments(c, categoryList)
        const id = pathId(c, 'category')
        await getCategoryToChange(c.var.ctx, id)
        const change = parseBody(CategoryInput.partial(), await readJsonObject(c), RULES)
        return c.json(toCategoryView(await changeCategory(c.var.ctx, id, change)))
      },
    )
    .delete(ONE, { summary: 'Delete a category', refuses: [415] }, async (c) => {
      refuseUnknownArguments(c, categoryList)
      await removeCategory(c.var.ctx, pathId(c, 'category'))
      return c.body(null, 204)
    })

function show(c: Context<Env>, row: CategoryRow) {
  return { ...toCategoryView(row), link: link(c, 'self', 'category', row.id) }
}
