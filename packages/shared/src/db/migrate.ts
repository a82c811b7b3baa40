import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

const FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url))
/** Any fixed number: the name of the lock that one migration at a time holds. */
const LOCK = 5_172_026

/** Brings the database up to date; returns how many migrations were applied. Connects to PostgreSQL
 *  itself, never through PgBouncer: the lock belongs to the session, and Drizzle takes none. */
export async function migrate(url: string): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { statement_timeout: 0 } })
  try {
    await sql`select pg_advisory_lock(${LOCK})`
    const before = await appliedMigrations(sql)
    await applyMigrations(drizzle(sql, { casing: 'snake_case' }), { migrationsFolder: FOLDER })
    return (await appliedMigrations(sql)) - before
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** How many migrations `migrate` would apply. Changes nothing. */
export async function countPendingMigrations(url: string): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 3 })
  try {
    const known = readMigrationFiles({ migrationsFolder: FOLDER }).length
    return known - (await appliedMigrations(sql))
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function appliedMigrations(sql: postgres.Sql): Promise<number> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as found`
  if (!table?.found) return 0
  const [row] = await sql`select count(*)::int as applied from drizzle.__drizzle_migrations`
  return Number(row?.applied)
}
