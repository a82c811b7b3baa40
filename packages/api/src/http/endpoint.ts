import type { ListShape } from '@manyhands/shared/db/list'
import type { z } from 'zod'

/** What a body or an answer is made of: a contract (JSON), the content type of something that is not
 *  JSON, or several by content type (`undefined`: bytes or text that no contract describes). */
export type Content = z.ZodType | string | Record<string, z.ZodType | undefined>

/** One answer. `headers`: beyond those that every answer has, with their meaning. */
export interface Answer {
  description: string
  content?: Content
  headers?: Record<string, string>
}

/** Who is served. `public`: everybody, nobody is refused for who they are. `guest`: no account is
 *  needed, but what is asked for may be closed to the caller. `account`, `admin`: as they say. */
export type Access = 'public' | 'guest' | 'account' | 'admin'

/** What the API description says of one endpoint: the same contracts that it parses and answers with.
 *  Path parameters come from the path, headers and refusals from the middleware and from the rest of
 *  this; only what cannot be known from there is written down. */
export interface Endpoint {
  summary: string
  /** What the summary leaves open, in Markdown. */
  description?: string
  /** Verb first, unique, never changed: generated clients use it. Without one: from method and path. */
  operationId?: string
  /** Without one: `guest` for reading, `account` for writing. */
  access?: Access
  /** Path parameters that their name and pattern do not describe well enough. */
  params?: Record<string, z.ZodType>
  /** The query arguments of a list: its filters, order and pages. */
  list?: ListShape
  query?: z.ZodObject
  /** Request headers that mean something here. */
  headers?: z.ZodObject
  body?: Content
  /** Answered with 200; nothing means 204; null means that every request is refused. */
  answer?: Content | null
  /** Answers with other statuses, and refusals whose body is not the usual one. */
  answers?: Partial<Record<number, Answer>>
  /** Refusals that do not follow from the rest: 405, say. */
  refuses?: number[]
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** An endpoint as it was registered. */
export interface Operation {
  method: Method
  /** Hono's pattern: `/api/task/:id{[0-9]+}`. */
  path: string
  tag: string
  endpoint: Endpoint
  effects: Effects
}

/** What a middleware adds to the description of the endpoints behind it. */
export interface Effects {
  refuses?: number[]
  answers?: Partial<Record<number, Answer>>
  /** Headers of its answers, with their meaning. */
  headers?: Record<string, string>
}
