import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { pathId, queryArguments, refuseUnknownArguments } from '../http/arguments.ts'
import { isMultipart, parseBody, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { link } from '../http/links.ts'
import { Routes } from '../http/routes.ts'
import { withUpload } from '../uploads/receive-upload.ts'
import type { ContentRow, ContentView, ContentWire } from './content-wire.ts'
import { jsonOrForm, replaceFile, uploadOfNew } from './uploaded-file.ts'

/** List, one, create, change and delete, in the order of refusals of rest-api.md section 2.2. */
export function contentRoutes<
  Row extends ContentRow,
  View extends ContentView,
  Place,
  Input,
  Change,
>(limit: MiddlewareHandler<Env>, wire: ContentWire<Row, View, Place, Input, Change>): Routes {
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
    .post(
      list,
      { summary: `Create ${one}`, body: jsonOrForm(wire.input), answer: wire.object },
      async (c) => {
        const { ctx } = c.var
        refuseUnknownArguments(c, service.shape)
        const create = async (body: Record<string, unknown>) => {
          const place = await service.findPlace(ctx, body.project_id)
          const input = parseBody(wire.input, body, {
            reserved,
            namesReserved,
            beforeValues: () => service.assertMayCreate(ctx, place),
          })
          return service.create(ctx, place, input)
        }
        const row = isMultipart(c)
          ? await withUpload(c, uploadOfNew(ctx, wire), create)
          : await create(await readJsonObject(c))
        return c.json(toView(row))
      },
    )
    .get(byId, { summary: `Get ${one}`, answer: wire.object }, async (c) =>
      c.json(show(c, await service.get(c.var.ctx, pathId(c, name)))),
    )
    .put(
      byId,
      { summary: `Change ${one}`, body: jsonOrForm(wire.change), answer: wire.object },
      async (c) => {
        const { ctx } = c.var
        refuseUnknownArguments(c, service.shape)
        const id = pathId(c, name)
        const before = await service.getForChange(ctx, id)
        if (isMultipart(c)) return c.json(toView(await replaceFile(c, wire, before)))
        const { project_id } = toView(before)
        const change = parseBody(wire.change, await readJsonObject(c), {
          reserved,
          namesReserved,
          ...(project_id !== undefined && { unchanged: { project_id } }),
        })
        return c.json(toView(await service.change(ctx, id, change)))
      },
    )
    .delete(byId, { summary: `Delete ${one}`, refuses: [415] }, async (c) => {
      refuseUnknownArguments(c, service.shape)
      await service.remove(c.var.ctx, pathId(c, name))
      return c.body(null, 204)
    })
}
