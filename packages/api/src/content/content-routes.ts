import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { pathId, queryArguments, refuseUnknownArguments } from '../http/arguments.ts'
import { parseBody, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { link } from '../http/links.ts'
import { Routes } from '../http/routes.ts'
import type { ContentService } from './content-service.ts'

/** How one kind of content is spoken of on the wire. */
export interface ContentWire<Row, View, Place, Input, Change> {
  name: string
  /** In the API description: `a blog post`, `blog posts`. */
  one: string
  many: string
  about: string
  service: ContentService<Row, Place, Input, Change>
  object: z.ZodType<View>
  input: z.ZodType<Input>
  change: z.ZodType<Change>
  toView: (row: Row) => View
  /** Keys that only the server writes, and whether the refusal says which it was (rest-api.md 2.2). */
  reserved: string[]
  namesReserved?: boolean
}

/** List, one, create, change and delete, in the order of refusals of rest-api.md section 2.2. */
export function contentRoutes<Row, View extends Shown, Place, Input, Change>(
  limit: MiddlewareHandler<Env>,
  wire: ContentWire<Row, View, Place, Input, Change>,
): Routes {
  const { name, one, many, service, toView } = wire
  const { reserved, namesReserved = false } = wire
  const list = `/api/${name}`
  const byId = `${list}/:id{[0-9]+}`
  const show = (c: Context<Env>, row: Row) => {
    const view = toView(row)
    return {
      ...view,
      link: link(c, 'self', name, view.id),
      ...(view.project_id !== undefined && {
        links: [link(c, 'parent', 'project', view.project_id)],
      }),
    }
  }
  return new Routes(name, limit)
    .about(wire.about)
    .get(
      list,
      { summary: `List ${many}`, list: service.shape, answer: z.array(wire.object) },
      async (c) =>
        c.json(
          (await service.list(c.var.ctx, queryArguments(c))).map((row) => ({
            ...show(c, row),
            ...row.found,
          })),
        ),
    )
    .post(list, { summary: `Create ${one}`, body: wire.input, answer: wire.object }, async (c) => {
      const { ctx } = c.var
      refuseUnknownArguments(c, service.shape)
      const body = await readJsonObject(c)
      const place = await service.findPlace(ctx, body.project_id)
      const input = parseBody(wire.input, body, {
        reserved,
        namesReserved,
        beforeValues: () => service.assertMayCreate(ctx, place),
      })
      return c.json(toView(await service.create(ctx, place, input)))
    })
    .get(byId, { summary: `Get ${one}`, answer: wire.object }, async (c) =>
      c.json(show(c, await service.get(c.var.ctx, pathId(c, name)))),
    )
    .put(byId, { summary: `Change ${one}`, body: wire.change, answer: wire.object }, async (c) => {
      const { ctx } = c.var
      refuseUnknownArguments(c, service.shape)
      const id = pathId(c, name)
      const before = toView(await service.getForChange(ctx, id))
      const change = parseBody(wire.change, await readJsonObject(c), {
        reserved,
        namesReserved,
        ...(before.project_id !== undefined && { unchanged: { project_id: before.project_id } }),
      })
      return c.json(toView(await service.change(ctx, id, change)))
    })
    .delete(byId, { summary: `Delete ${one}`, refuses: [415] }, async (c) => {
      refuseUnknownArguments(c, service.shape)
      await service.remove(c.var.ctx, pathId(c, name))
      return c.body(null, 204)
    })
}

interface Shown {
  id: number
  project_id?: number
}
