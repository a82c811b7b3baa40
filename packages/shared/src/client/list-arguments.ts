import type { Query } from './http-client.ts'

type Scalar = string | number | boolean

/** A filter for each field (equal to), and how to order and cut: rest-api.md section 3. */
export type ListArguments<Item> = { [Field in Exclude<keyof Item, Shown>]?: Scalar | null } & {
  /** 20 unless given, 100 at most. */
  limit?: number
  /** Only ids larger than this: the next page. */
  last_id?: number
  offset?: number
  orderby?: Extract<keyof Item, string>
  desc?: boolean
  /** What belongs to others, too, for a caller with an account. */
  all?: boolean
  /** Reads `info: 'key::words'` as a search for words. */
  fulltextsearch?: boolean
  /** With what belongs to each object. */
  related?: boolean
  stats?: boolean
  full?: boolean
  /** Tasks without those that the caller has answered. */
  participated?: boolean
}

/** In an object that was read, and no filter. */
type Shown = 'link' | 'links' | 'stats'

const SWITCHES = ['all', 'fulltextsearch', 'related', 'stats', 'full', 'participated']

/** Switches are on with exactly `1`, and off by not being there. */
export function toQuery(args: Record<string, unknown>): Query {
  const query = { ...args } as Query
  for (const name of SWITCHES) if (name in query) query[name] = query[name] ? 1 : undefined
  return query
}
