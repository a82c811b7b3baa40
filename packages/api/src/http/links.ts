import type { Context } from 'hono'
import type { Env } from './env.ts'

/** The contract's hypertext strings, to the letter (rest-api.md section 2.3). */
export function link(
  c: Context<Env>,
  rel: 'self' | 'parent' | 'category',
  title: string,
  id: number,
): string {
  return `<link rel='${rel}' title='${title}' href='${new URL(c.req.url).origin}/api/${title}/${id}'/>`
}
