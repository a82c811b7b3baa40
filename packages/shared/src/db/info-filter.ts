import { and, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { ValidationError } from '../errors/errors.ts'

/** A JSON column as a list filters it. */
export interface JsonDocument {
  column: SQLWrapper
  /** The part of it that the caller may see; the whole column when left out. */
  visible?: SQLWrapper | undefined
}

/** The forms of `info=…` in a list (rest-api.md section 3.3): `key::value|key::value`, a JSON object or
 *  array to be contained, a bare text, a quoted number, true and false. Throws ValidationError. */
export function infoCondition(document: JsonDocument, value: string): SQL | undefined {
  if (value.includes('::')) {
    return and(...parsePairs(value).map(([key, text]) => pairCondition(document, key, text)))
  }
  const json = parseJson(value)
  if (json === undefined || typeof json === 'number')
    return or(
      contains(document, JSON.stringify(value)),
      contains(document, JSON.stringify([value])),
    )
  if (json === null) return sql`false`
  if (typeof json !== 'string') return contains(document, value)
  // `"95"` in quotes asks for the number 95: how the original reads it.
  const quoted = parseJson(json)
  if (quoted === undefined || quoted === null) {
    throw new ValidationError(`info: '${value}' is not a filter; leave the quotes out`, 'data', [
      { field: 'info', message: 'leave the quotes out' },
    ])
  }
  return contains(document, json)
}

/** `key::value|key::value`; empty parts are skipped. Throws ValidationError. */
export function parsePairs(value: string): Array<[key: string, text: string]> {
  return value
    .split('|')
    .filter(Boolean)
    .map((part) => {
      const [key, text, ...rest] = part.split('::')
      if (key === undefined || text === undefined || rest.length > 0) {
        throw new ValidationError(`info: '${part}' is not of the form key::value`, 'value', [
          { field: 'info', message: 'must be key::value, several separated by |' },
        ])
      }
      return [key, text]
    })
}

/** The text of a first-level key, under the containment that the index on the column can look up. */
function pairCondition(
  { column, visible }: JsonDocument,
  key: string,
  text: string,
): SQL | undefined {
  const name = JSON.stringify(key)
  const asText = sql`${column} @> ${`{${name}:${JSON.stringify(text)}}`}::jsonb`
  const other = parseJson(text)
  const indexed =
    other === undefined || other === null
      ? asText
      : or(asText, sql`${column} @> ${`{${name}:${text}}`}::jsonb`)
  return and(indexed, sql`${visible ?? column} ->> ${key} = ${text}`)
}

function contains({ column, visible }: JsonDocument, json: string): SQL | undefined {
  const indexed = sql`${column} @> ${json}::jsonb`
  return visible ? and(indexed, sql`${visible} @> ${json}::jsonb`) : indexed
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
