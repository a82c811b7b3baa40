import type { MiddlewareHandler } from 'hono'
import type { Effects } from './endpoint.ts'
import type { Env } from './env.ts'

const known = new WeakMap<MiddlewareHandler<Env>, Effects>()

/** Says in the API description what this middleware does to the endpoints behind it. */
export function withEffects(
  middleware: MiddlewareHandler<Env>,
  effects: Effects,
): MiddlewareHandler<Env> {
  known.set(middleware, effects)
  return middleware
}

export function effectsOf(chain: MiddlewareHandler<Env>[]): Effects {
  const all = chain.map((middleware) => known.get(middleware) ?? {})
  return {
    refuses: all.flatMap(({ refuses }) => refuses ?? []),
    answers: Object.assign({}, ...all.map(({ answers }) => answers)),
    headers: Object.assign({}, ...all.map(({ headers }) => headers)),
  }
}
