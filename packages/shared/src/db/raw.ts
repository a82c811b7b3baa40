import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { Reader, Writer } from './types.ts'

/** Rows of a hand-written select, for the queries that the builder cannot say. Safe on a replica: the
 *  server itself refuses anything but a read there, and both kinds of `Reader` are Drizzle databases
 *  at run time, which is what makes the cast safe. */
export async function selectRows<Row>(db: Reader, query: SQL): Promise<Row[]> {
  const rows = await (db as unknown as { execute(q: SQLWrapper): Promise<unknown> }).execute(query)
  return rows as Row[]
}

/** The same for a statement that writes and returns rows. */
export function writeRows<Row>(db: Writer, query: SQL): Promise<Row[]> {
  return selectRows<Row>(db, query)
}

/** A JSON value as a parameter. Drizzle's postgres.js driver sends it as text, so the cast is needed. */
export function jsonParameter(value: unknown): SQL {
  return value === undefined || value === null ? sql`null` : sql`${JSON.stringify(value)}::jsonb`
}
