import { type Context, Hono, type MiddlewareHandler, type Next } from 'hono'
import { effectsOf } from './effects.ts'
import type { Endpoint, Method, Operation } from './endpoint.ts'
import type { Env } from './env.ts'

/** `next`: for an address that is the web app's too. */
type Handler = (c: Context<Env>, next: Next) => Response | Promise<Response>

/** The endpoints of one concept: a Hono app and its part of the API description, written together. */
export class Routes {
  readonly app = new Hono<Env>()
  readonly operations: Operation[] = []
  readonly tag: string
  /** What the endpoints of this tag are about, for the API description. */
  description = ''
  readonly #middleware: MiddlewareHandler<Env>[]

  /** `target` is the object's name in error bodies, and the tag in the API description. */
  constructor(target: string, ...middleware: MiddlewareHandler<Env>[]) {
    this.tag = target
    this.#middleware = [
      async (c, next) => {
        c.set('target', target)
        await next()
      },
      ...middleware,
    ]
  }

  /** One or two sentences for the API description. Once per tag is enough. */
  about(description: string): this {
    this.description = description
    return this
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
  patch(path: string, endpoint: Endpoint, handler: Handler): this {
    return this.#add('patch', path, endpoint, handler)
  }
  delete(path: string, endpoint: Endpoint, handler: Handler): this {
    return this.#add('delete', path, endpoint, handler)
  }

  /** For the endpoints that follow. */
  use(...middleware: MiddlewareHandler<Env>[]): this {
    this.#middleware.push(...middleware)
    return this
  }

  #add(method: Method, path: string, endpoint: Endpoint, handler: Handler): this {
    this.app.on(method.toUpperCase(), [path], ...this.#middleware, handler)
    const effects = effectsOf(this.#middleware)
    this.operations.push({ method, path, tag: this.tag, endpoint, effects })
    return this
  }
}
