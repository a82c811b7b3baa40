import { ValidationError } from '../errors/errors.ts'

const TRUE = new Set(['true', 't', 'yes', 'y', 'on', '1'])
const FALSE = new Set(['false', 'f', 'no', 'n', 'off', '0'])
/** What an id or any other whole number of the wire can be. */
export const MAX_INT = 2_147_483_647

/** `limit` and `offset`: what is no whole number counts as not given (rest-api.md section 3.1).
 *  Throws ValidationError below zero. */
export function parseCount(
  name: string,
  value: string | undefined,
  fallback: number,
  max: number,
): number {
  if (value === undefined || !/^\s*[+-]?\d+\s*$/.test(value)) return fallback
  const count = Number(value)
  if (count < 0) throw badValue(name, value, 'zero or more')
  return Math.min(count, max)
}

/** Throws ValidationError, also for a number that no column can hold. */
export function parseWhole(name: string, value: string): number {
  const number = Number(value)
  if (!/^\s*[+-]?\d+\s*$/.test(value) || Math.abs(number) > MAX_INT)
    throw badValue(name, value, 'a whole number')
  return number
}

/** Throws ValidationError. */
export function parseDecimal(name: string, value: string): number {
  const number = Number(value)
  if (!/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value) || !Number.isFinite(number))
    throw badValue(name, value, 'a number')
  return number
}

/** Throws ValidationError. */
export function parseBoolean(name: string, value: string): boolean {
  const word = value.toLowerCase()
  if (TRUE.has(word)) return true
  if (FALSE.has(word)) return false
  throw badValue(name, value, 'true or false')
}

/** PostgreSQL's text of an array of numbers, such as `{1,2}`. Throws ValidationError. */
export function parseNumberArray(name: string, value: string): number[] {
  if (!/^\s*\{\s*([+-]?\d+\s*(,\s*[+-]?\d+\s*)*)?\}\s*$/.test(value))
    throw badValue(name, value, 'a list like {1,2}')
  return (value.match(/[+-]?\d+/g) ?? []).map((digits) => parseWhole(name, digits))
}

/** `desc`, and whatever else is on or off in a query. Throws ValidationError. */
export function parseFlag(name: string, value: string): boolean {
  const word = value.toLowerCase()
  if (TRUE.has(word)) return true
  if (FALSE.has(word) || word === '') return false
  throw new ValidationError(`${name} must be true or false, not '${shorten(value)}'`, 'value', [
    { field: name, message: 'must be true or false' },
  ])
}

/** The error of a value that its column cannot hold (rest-api.md section 3.7). */
export function badValue(field: string, value: string, wanted: string): ValidationError {
  return new ValidationError(`${field} must be ${wanted}, not '${shorten(value)}'`, 'data', [
    { field, message: `must be ${wanted}` },
  ])
}

function shorten(value: string): string {
  return value.length > 100 ? `${value.slice(0, 100)}…` : value
}
