import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js'

type Drizzle = PostgresJsDatabase<Record<string, never>>

/** Reads only: a replica or the primary. There is no insert, update or delete on it, so a query that
 *  changes something does not compile against a replica. */
export type Reader = Pick<Drizzle, 'select' | 'selectDistinct' | 'selectDistinctOn' | '$count'>

/** The primary, or a transaction on it. A select that decides a write asks for this type too. */
export type Writer = Reader &
  Pick<Drizzle, 'insert' | 'update' | 'delete' | 'execute' | 'transaction' | 'with'>
