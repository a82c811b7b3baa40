import { and, or, type SQL, sql } from 'drizzle-orm'
import type { JsonDocument } from './info-filter.ts'

/** A full-text search in the first-level keys of a JSON column (rest-api.md section 3.4). */
export interface TextSearch {
  /** What every hit satisfies. */
  matches: SQL
  /** Cover density of the first pair, normalisation 4: zero counts as none. */
  rank: SQL
  /** The first pair's text with `<b>` around what was found. */
  headline: SQL
  /** An index finds the hits. */
  indexed: boolean
}

/** Bytes of a document up to which all of it is searched, and characters of a larger one: a tsvector holds
 *  1 MB at most, and beyond it PostgreSQL refuses the whole query. The database's own function
 *  `search_text` has the same number. */
export const MAX_SEARCHED = 100_000

/** `indexed`: there is an index on `search_text(column)`, and one on the ids of larger documents. */
export function textSearch(
  document: JsonDocument,
  pairs: Array<[key: string, query: string]>,
  indexed: boolean,
): TextSearch | undefined {
  const texts = pairs.map(([key, words]) => {
    const shown = document.visible ?? document.column
    return {
      text: sql`left(${shown} ->> ${key}, ${MAX_SEARCHED})`,
      vector: sql`search_text(${shown} -> ${key})`,
      query: sql`to_tsquery('english', ${toQuery(words)})`,
      words,
    }
  })
  const [first] = texts
  if (!first) return undefined
  const conditions = texts.map(({ vector, query, words }) =>
    and(
      indexed && isPositive(words) ? mayMatch(document, query) : undefined,
      sql`${vector} @@ ${query}`,
    ),
  )
  return {
    matches: and(...conditions) ?? sql`true`,
    rank: sql`ts_rank_cd(${first.vector}, ${first.query}, 4)`,
    indexed: indexed && texts.some(({ words }) => isPositive(words)),
    headline: sql`ts_headline('english', ${first.text}, ${first.query})`,
  }
}

/** Words without an operator between them must all occur; anything else is tsquery syntax as it is. */
function toQuery(words: string): string {
  return /^[\p{L}\p{N}_\s]+$/u.test(words) ? words.trim().split(/\s+/).join(' & ') : words
}

/** The words of the whole document hold those of each key, so its index narrows the search down; not
 *  when a word must be absent from one key, as it may occur in another. */
function isPositive(words: string): boolean {
  return !words.includes('!')
}

function mayMatch({ column }: JsonDocument, query: SQL): SQL | undefined {
  return or(
    sql`search_text(${column}) @@ ${query}`,
    sql`octet_length(${column}::text) > ${sql.raw(String(MAX_SEARCHED))}`,
  )
}
