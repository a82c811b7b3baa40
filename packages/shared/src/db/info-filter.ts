import { and, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { ValidationError } from '../errors/errors.ts'

/** The forms of `info=…` in a list (rest-api.md section 3.3): `key::value|key::value`, a JSON object or
 *  array to be contained, a bare text, a quoted number. Throws ValidationError. */
export function infoCondition(column: PgColumn, value: string): SQL | undefined {
  if (value.includes('::')) return pairsCondition(column, value)
  const json = parseJson(value)
  if (json === undefined || typeof json === 'number')
    return or(contains(column, value), contains(column, [value]))
  // `"95"` in quotes asks for the number 95: how the original reads it.
  if (typeof json === 'string') {
    if (json.trim() === '' || !Number.isFinite(Number(json))) {
      throw new ValidationError(`info: '${value}' is not a filter; leave the quotes out`, 'data', [
        { field: 'info', message: 'leave the quotes out' },
      ])
    }
    return contains(column, Number(json))
  }
  return contains(column, json)
}

function pairsCondition(column: PgColumn, value: string): SQL | undefined {
  const pairs = value
    .split('|')
    .filter(Boolean)
    .map((part) => {
      const [key, text, ...rest] = part.split('::')
      if (!key || text === undefined || rest.length > 0) {
        throw new ValidationError(`info: '${part}' is not of the form key::value`, 'value', [
          { field: 'info', message: 'must be key::value, several separated by |' },
        ])
      }
      return sql`${column} ->> ${key} = ${text}`
    })
  return and(...pairs)
}

function contains(column: PgColumn, value: unknown): SQL {
  return sql`${column} @> ${JSON.stringify(value)}::jsonb`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
