import { and, asc, desc, eq, gt, inArray, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { ValidationError } from '../errors/errors.ts'
import { infoCondition, type JsonDocument, parsePairs } from './info-filter.ts'
import {
  MAX_INT,
  parseBoolean,
  parseCount,
  parseDecimal,
  parseFlag,
  parseNumberArray,
  parseWhole,
} from './list-values.ts'
import { momentPrefix } from './moment-prefix.ts'
import { type TextSearch, textSearch } from './text-search.ts'

/** How a field of the wire can be filtered and ordered by. */
export interface ListField {
  column: PgColumn
  /** `parent-ids`: the project; `favourites`: no filter, ordered by their number. */
  kind:
    | 'int'
    | 'number'
    | 'bool'
    | 'text'
    | 'moment'
    | 'json'
    | 'ints'
    | 'parent-ids'
    | 'favourites'
  /** Hidden from strangers, so they cannot filter or order by it either: that would show it. */
  ownersOnly?: boolean
  /** Of a JSON column: the part of it that the caller may see, so that no filter finds the rest. */
  visible?: SQLWrapper | undefined

  // What follows concerns large tables, for `listRows`: the indexes there are.
  /** A row with a given value is one of few, found by an index of its own: an id, an account. */
  pinpoint?: boolean
  /** Nearly all rows hold this value (null: none), and the index holds only the others. */
  usual?: number | null
  /** Few values, so that many rows are equal by it. */
  fewValues?: boolean
  /** The index holds the number negated (so that high comes first). */
  negated?: boolean
  /** No index gives this order: it is for small sets. */
  unordered?: boolean
  /** No index finds its values: rows are checked one by one, up to a limit. */
  walked?: boolean
  /** An index gives its order over all projects too. */
  ordersAll?: boolean
  /** On a JSON column: the database has an index on `search_text` of it. */
  searchable?: boolean
  /** A condition that follows from the filter and that an index serves. */
  implies?: (value: string) => SQL
}

/** The fields of one kind of object, by wire name. `name` is the class in error messages. */
export interface ListShape {
  name: string
  fields: Record<string, ListField>
}

export interface ListQuery {
  /** Every condition of the query. */
  where: SQL | undefined
  orderBy: SQL[]
  limit: number
  offset: number
  /** `fulltextsearch=1` with an `info`: `where` holds its condition too. */
  search: TextSearch | undefined
  /** The same conditions apart, for `listRows`. */
  parts: {
    /** Those that an index serves, or that are quick to check. */
    filters: SQL | undefined
    /** The condition of `last_id`. */
    after: SQL | undefined
    /** Those that are checked row by row. */
    walked: SQL | undefined
    projects: { column: PgColumn; ids: number[] } | undefined
    pinpoint: boolean
    order: { field: ListField; key: SQLWrapper; descending: boolean }
    /** Filters that keep nearly every row. */
    onlyCommon: boolean
    /** The index of a filter does not give its rows by id: a time, or part of a JSON document. */
    scattered: boolean
  }
}

/** Names that mean something else than a filter. `_` is jQuery's cache buster. */
const CONTROL = new Set([
  'limit',
  'offset',
  'last_id',
  'orderby',
  'desc',
  'all',
  'api_key',
  'fulltextsearch',
  'related',
  'stats',
  'full',
  'participated',
  '_',
])
export const MAX_LIMIT = 100
const DEFAULT_LIMIT = 20

/** Turns the query arguments of a list into SQL (rest-api.md section 3). Throws ValidationError.
 *  `isOwner`: the caller may filter by what only owners see. */
export function parseListQuery(
  shape: ListShape,
  args: Record<string, string>,
  isOwner: boolean,
): ListQuery {
  const field = (name: string): ListField => {
    const found = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined
    if (!found || (found.ownersOnly && !isOwner)) throw unknownName(shape, name)
    return found
  }
  const filters: Array<SQL | undefined> = []
  const walked: Array<SQL | undefined> = []
  let projects: ListQuery['parts']['projects']
  let pinpoint = false
  let onlyCommon = true
  let scattered = false
  let search: TextSearch | undefined
  for (const [name, value] of Object.entries(args)) {
    if (!Object.hasOwn(shape.fields, name)) {
      if (CONTROL.has(name)) continue
      throw unknownName(shape, name)
    }
    const by = field(name)
    if (by.kind === 'parent-ids') {
      const ids = parseIds(name, value)
      if (ids.length > 0) projects = { column: by.column, ids }
    } else if (by.kind === 'json' && args.fulltextsearch === '1') {
      search = textSearch(documentOf(by), parsePairs(value), by.searchable ?? false)
    } else {
      const wanted = condition(name, by, value)
      if (by.walked) walked.push(wanted)
      else filters.push(wanted)
      scattered ||= by.kind === 'moment' || (by.kind === 'json' && !by.walked)
      pinpoint ||= by.pinpoint ?? false
      onlyCommon &&= by.kind === 'favourites' || isCommon(by, value)
    }
  }
  const id = field('id').column
  const lastId = args.last_id === undefined ? undefined : parseWhole('last_id', args.last_id)
  const after = lastId === undefined ? undefined : gt(id, lastId)
  const order = parseOrder(args, field, lastId !== undefined)
  return {
    where: and(
      projects && inArray(projects.column, projects.ids),
      ...filters,
      ...walked,
      after,
      search?.matches,
    ),
    orderBy: orderBy(order, id),
    limit: parseCount('limit', args.limit, DEFAULT_LIMIT, MAX_LIMIT),
    offset: offsetOf(args, lastId !== undefined),
    search,
    parts: {
      filters: and(...filters),
      after,
      walked: and(...walked),
      projects,
      pinpoint,
      order,
      onlyCommon,
      scattered: scattered && !pinpoint,
    },
  }
}

/** The offset is checked even where `last_id` switches it off. */
function offsetOf(args: Record<string, string>, keyset: boolean): number {
  const offset = parseCount('offset', args.offset, 0, MAX_INT)
  return keyset ? 0 : offset
}

type Order = ListQuery['parts']['order']

function parseOrder(
  args: Record<string, string>,
  field: (name: string) => ListField,
  keyset: boolean,
): Order {
  const name = args.orderby || 'id'
  const by = field(name)
  // All rows of the list are the same by it: they come by id.
  if (by.kind === 'bool' && args[name] !== undefined)
    return { field: by, ...orderKey(field('id'), false) }
  // `last_id` is a page by ascending id: it switches `desc` off.
  const descending = parseFlag('desc', args.desc ?? '') && !keyset
  return { field: by, ...orderKey(by, descending) }
}

function orderKey(field: ListField, descending: boolean): { key: SQLWrapper; descending: boolean } {
  const { column, kind } = field
  if (kind === 'favourites') return { key: sql`coalesce(cardinality(${column}), 0)`, descending }
  if (field.negated) return { key: sql`(-${column})`, descending: !descending }
  if (kind === 'json' && field.visible) return { key: field.visible, descending }
  return { key: column, descending }
}

function orderBy({ key, descending }: Order, id: PgColumn): SQL[] {
  const direction = descending ? desc : asc
  if (key === id) return [direction(id)]
  // Ties in a fixed order, or pages repeat and skip rows.
  return [direction(key), asc(id)]
}

function condition(name: string, field: ListField, value: string): SQL | undefined {
  const { column, kind } = field
  const equal = (wanted: number): SQL | undefined => {
    if (field.negated) return sql`(-${column}) = ${-wanted}::float8`
    // Said apart, so that an index on the unusual values can serve it whatever the plan.
    const unusual = isUnusual(field, wanted) ? sql`${column} <> ${literal(field.usual)}` : undefined
    return and(eq(column, wanted), unusual)
  }
  switch (kind) {
    case 'int':
      return equal(parseWhole(name, value))
    case 'number':
      return equal(parseDecimal(name, value))
    case 'bool':
      // As a condition of its own, not as a parameter: what the conditions of indexes are matched with.
      return parseBoolean(name, value) ? sql`${column}` : sql`not ${column}`
    case 'text':
      return and(eq(column, value), field.implies?.(value))
    case 'moment':
      return momentPrefix(name, column, value)
    case 'json':
      return infoCondition(documentOf(field), value)
    case 'ints': {
      const array = `{${parseNumberArray(name, value).join(',')}}`
      return and(sql`${column} = ${array}::${sql.raw(column.getSQLType())}`, field.implies?.(array))
    }
    default:
      return undefined
  }
}

/** Every group of digits counts: `1`, `[1,2]` and `1,2` all work; without one there is no filter. */
function parseIds(name: string, value: string): number[] {
  const ids = (value.match(/\d+/g) ?? []).map((digits) => parseWhole(name, digits))
  return [...new Set(ids)]
}

function documentOf(field: ListField): JsonDocument {
  return { column: field.column, visible: field.visible }
}

function isUnusual(field: ListField, wanted: number): boolean {
  return typeof field.usual === 'number' && field.usual !== wanted
}

function isCommon(field: ListField, value: string): boolean {
  if (field.usual === undefined) return field.fewValues ?? false
  return field.usual !== null && Number(value) === field.usual
}

/** A number of our own as text of the query: an index on a condition is found only that way. */
function literal(value: number | null | undefined): SQL {
  return sql.raw(String(Number(value)))
}

function unknownName(shape: ListShape, name: string): ValidationError {
  return new ValidationError(
    `type object '${shape.name}' has no attribute '${name}'`,
    'unknown-name',
    [{ field: name, message: 'is not a field of this object' }],
  )
}

export { parseFlag } from './list-values.ts'
