import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi'
import { ErrorBody } from '@manyhands/shared/errors/contract'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { Env } from './env.ts'

/** What the API description says of one endpoint: the same contracts that it parses and answers with. */
export interface Endpoint {
  summary: string
  /** The contract of the body, or the content type of one that is not JSON. */
  body?: z.ZodType | string
  query?: z.ZodObject
  /** The contract of the answer; nothing means 204. */
  answer?: z.ZodType | string
}

type Method = 'get' | 'post' | 'put' | 'delete'
type Handler = (c: Context<Env>) => Response | Promise<Response>
type Register = (registry: OpenAPIRegistry) => void

/** The endpoints of one concept: a Hono app and its part of the API description, written together. */
export class Routes {
  readonly app = new Hono<Env>()
  readonly #tag: string
  readonly #registrations: Register[] = []
  readonly #middleware: MiddlewareHandler<Env>[]

  /** `target` is the object's name in error bodies. */
  constructor(target: string, ...middleware: MiddlewareHandler<Env>[]) {
    this.#tag = target
    this.#middleware = [
      async (c, next) => {
        c.set('target', target)
        await next()
      },
      ...middleware,
    ]
  }

  get(path: string, endpoint: Endpoint, handler: Handler): this {
    return this.#add('get', path, endpoint, handler)
  }
  post(path: string, endpoint: Endpoint, handler: Handler): this {
    return this.#add('post', path, endpoint, handler)
  }
  put(path: string, endpoint: Endpoint, handler: Handler): this {
    return this.#add('put', path, endpoint, handler)
  }
  delete(path: string, endpoint: Endpoint, handler: Handler): this {
    return this.#add('delete', path, endpoint, handler)
  }

  /** For the endpoints that follow. */
  use(...middleware: MiddlewareHandler<Env>[]): this {
    this.#middleware.push(...middleware)
    return this
  }

  describe(registry: OpenAPIRegistry): void {
    for (const register of this.#registrations) register(registry)
  }

  #add(method: Method, path: string, endpoint: Endpoint, handler: Handler): this {
    this.app.on(method.toUpperCase(), [path], ...this.#middleware, handler)
    this.#registrations.push((registry) =>
      registry.registerPath(this.#description(method, path, endpoint)),
    )
    return this
  }

  #description(method: Method, path: string, { summary, body, query, answer }: Endpoint) {
    const names = [...path.matchAll(/:(\w+)(\{[^}]*\})?/g)].map(([, name]) => String(name))
    const params = z.object(Object.fromEntries(names.map((name) => [name, z.string()])))
    return {
      method,
      path: path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}'),
      summary,
      tags: [this.#tag],
      request: {
        ...(names.length > 0 && { params }),
        ...(query && { query }),
        ...(body && { body: { required: true, content: content(body) } }),
      },
      responses: {
        ...(answer
          ? { 200: { description: 'Done', content: content(answer) } }
          : { 204: { description: 'Done' } }),
        default: { description: 'Refused', content: content(ErrorBody) },
      },
    }
  }
}

function content(schema: z.ZodType | string) {
  return typeof schema === 'string'
    ? { [schema]: { schema: z.string() } }
    : { 'application/json': { schema } }
}
