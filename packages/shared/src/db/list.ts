import { and, asc, desc, eq, gt, gte, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { ValidationError } from '../errors/errors.ts'
import { infoCondition } from './info-filter.ts'

/** How a field of the wire can be filtered and ordered by. */
export interface ListField {
  column: PgColumn
  kind: 'int' | 'number' | 'bool' | 'text' | 'moment' | 'json' | 'ints' | 'parent-ids'
  /** Hidden from strangers, so they cannot filter or order by it either: that would show it. */
  ownersOnly?: boolean
}

/** The fields of one kind of object, by wire name. `name` is the class in error messages. */
export interface ListShape {
  name: string
  fields: Record<string, ListField>
}

export interface ListQuery {
  where: SQL | undefined
  orderBy: SQL[]
  limit: number
  offset: number
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
const TRUE = new Set(['true', 't', 'yes', 'y', 'on', '1'])
const FALSE = new Set(['false', 'f', 'no', 'n', 'off', '0', ''])

/** Turns the query arguments of a list into SQL (rest-api.md section 3). Throws ValidationError. */
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
  const conditions: Array<SQL | undefined> = []
  for (const [name, value] of Object.entries(args)) {
    if (Object.hasOwn(shape.fields, name)) conditions.push(condition(name, field(name), value))
    else if (!CONTROL.has(name)) throw unknownName(shape, name)
  }
  const id = field('id').column
  const lastId = args.last_id === undefined ? undefined : parseWhole('last_id', args.last_id)
  if (lastId !== undefined) conditions.push(gt(id, lastId))
  return {
    where: and(...conditions),
    orderBy: parseOrder(args, field, id, lastId !== undefined),
    limit: Math.min(parseCount('limit', args.limit, DEFAULT_LIMIT), MAX_LIMIT),
    offset: lastId === undefined ? parseCount('offset', args.offset, 0) : 0,
  }
}

function parseOrder(
  args: Record<string, string>,
  field: (name: string) => ListField,
  id: PgColumn,
  keyset: boolean,
): SQL[] {
  const name = args.orderby || 'id'
  const { column, kind } = field(name)
  // `last_id` is a page by ascending id: it switches `desc` off.
  const direction = !keyset && parseFlag('desc', args.desc ?? '') ? desc : asc
  if (name === 'id') return [direction(id)]
  const key = kind === 'ints' ? sql`coalesce(cardinality(${column}), 0)` : column
  // Ties in a fixed order, or pages repeat and skip rows.
  return [direction(key), asc(id)]
}

function condition(name: string, { column, kind }: ListField, value: string): SQL | undefined {
  switch (kind) {
    case 'int':
      return eq(column, parseWhole(name, value))
    case 'number': {
      const number = Number(value)
      if (value.trim() === '' || !Number.isFinite(number)) throw badValue(name, value, 'a number')
      return eq(column, number)
    }
    case 'bool':
      return eq(column, parseBoolean(name, value))
    case 'text':
      return eq(column, value)
    case 'moment':
      return momentCondition(name, column, value)
    case 'json':
      return infoCondition(column, value)
    case 'ints':
      if (!/^\{(\d+(,\d+)*)?\}$/.test(value)) throw badValue(name, value, 'a list like {1,2}')
      return sql`${column} = ${value}::bigint[]`
    case 'parent-ids': {
      // Every group of digits counts: `1`, `[1,2]` and `1,2` all work.
      const ids = (value.match(/\d+/g) ?? []).map((digits) => parseWhole(name, digits))
      return ids.length > 0 ? inArray(column, ids) : undefined
    }
  }
}

/** A prefix of the ISO text (`2015`, `2015-05`, `2015-05-03T10`) as a range, so that the index serves it. */
function momentCondition(name: string, column: PgColumn, value: string): SQL | undefined {
  const parts =
    /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?)?)?)?)?$/.exec(
      value,
    )
  if (!parts)
    throw badValue(name, value, 'a time like 2015-05-03T10:00:00, or the beginning of one')
  const given = parts.slice(1).filter((part) => part !== undefined)
  const unit = (['year', 'month', 'day', 'hour', 'minute', 'second'] as const)[
    Math.min(given.length, 6) - 1
  ]
  const [year = '', month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction] =
    given
  const start = `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction ? `.${fraction}` : ''}Z`
  if (Number.isNaN(Date.parse(start))) throw badValue(name, value, 'a time')
  if (fraction?.length === 6) return eq(column, start)
  const step = fraction ? `${10 ** (6 - fraction.length)} microseconds` : `1 ${unit}`
  return and(gte(column, start), lt(column, sql`${start}::timestamptz + ${step}::interval`))
}

function parseCount(name: string, value: string | undefined, fallback: number): number {
  if (value === undefined || !/^-?\d+$/.test(value.trim())) return fallback
  const count = Number(value)
  if (count < 0 || !Number.isSafeInteger(count)) throw badValue(name, value, 'zero or more')
  return count
}

function parseWhole(name: string, value: string): number {
  const number = Number(value)
  if (!/^-?\d+$/.test(value.trim()) || !Number.isSafeInteger(number))
    throw badValue(name, value, 'a whole number')
  return number
}

function parseBoolean(name: string, value: string): boolean {
  const word = value.toLowerCase()
  if (TRUE.has(word)) return true
  if (value !== '' && FALSE.has(word)) return false
  throw badValue(name, value, 'true or false')
}

/** `desc`, and whatever else is on or off in a query. Throws ValidationError. */
export function parseFlag(name: string, value: string): boolean {
  const word = value.toLowerCase()
  if (TRUE.has(word)) return true
  if (FALSE.has(word)) return false
  throw new ValidationError(`${name} must be true or false, not '${value}'`, 'value', [
    { field: name, message: 'must be true or false' },
  ])
}

function badValue(field: string, value: string, wanted: string): ValidationError {
  return new ValidationError(`${field} must be ${wanted}, not '${value}'`, 'data', [
    { field, message: `must be ${wanted}` },
  ])
}

function unknownName(shape: ListShape, name: string): ValidationError {
  return new ValidationError(
    `type object '${shape.name}' has no attribute '${name}'`,
    'unknown-name',
    [{ field: name, message: 'is not a field of this object' }],
  )
}
