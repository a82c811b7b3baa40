import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Writer } from './types.ts'

export interface ConnectionOptions {
  poolSize: number
  /** `transaction` behind PgBouncer: then no startup parameters and no prepared statements. */
  pooling: 'session' | 'transaction'
  statementTimeoutMs: number
  applicationName: string
}

export type SqlClient = postgres.Sql

/** A pool to one server. */
export function connect(url: string, options: ConnectionOptions): { sql: SqlClient; db: Writer } {
  const sql = postgres(url, {
    max: options.poolSize,
    connect_timeout: 3,
    idle_timeout: 60,
    max_lifetime: 600,
    // Seconds. The driver's own grows to 20: a server that is back would stay unused as long.
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 0.5),
    prepare: options.pooling === 'session',
    // Unprepared statements are parsed and bound in two steps, and PgBouncer may give each step of a
    // pipeline another server: one query at a time on a connection, or some wait for ever.
    ...(options.pooling === 'transaction' && { max_pipeline: 0 }),
    // Behind PgBouncer a startup parameter is refused or dropped: there `migrate` has set the
    // timeout on the role.
    connection: {
      application_name: options.applicationName,
      ...(options.pooling === 'session' && {
        statement_timeout: options.statementTimeoutMs,
        TimeZone: 'UTC',
      }),
    },
    types: {
      // Drizzle parses JSON itself; without this a top-level string would be parsed twice.
      json: { to: 114, from: [114, 3802], serialize: asIs, parse: asIs },
      // Ids stay far below 2^53.
      int8: { to: 20, from: [20], serialize: String, parse: Number },
    },
    onnotice: () => {},
  })
  const db = drizzle(sql, { casing: 'snake_case' }) as unknown as Writer
  // Drizzle replaces the parsers of the client; the raw queries of this project want numbers.
  sql.options.parsers[20] = Number
  return { sql, db }
}

function asIs(value: string): string {
  return value
}
