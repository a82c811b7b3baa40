import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { migrate } from '../src/db/migrate.ts'

const LOCK = 5_172_027

export function testEnvironment(
  name: 'TEST_DATABASE_URL' | 'TEST_REPLICA_URL' | 'TEST_REDIS_URL',
): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run integration tests through \`npm test\``)
  return value
}

export function withDatabase(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

/** A database of this test file's own, cloned from a template that is migrated once per run. */
export async function createTestDatabase(): Promise<{ name: string; drop: () => Promise<void> }> {
  const server = testEnvironment('TEST_DATABASE_URL')
  const name = `t_${randomUUID().replaceAll('-', '')}`
  const sql = postgres(server, { max: 1, onnotice: () => {} })
  // Cloning needs a template that nobody is connected to: one file at a time.
  await sql`select pg_advisory_lock(${LOCK})`
  try {
    const [template] = await sql`select 1 from pg_database where datname = 'manyhands_template'`
    if (!template) {
      await sql`create database manyhands_template`
      await migrate(withDatabase(server, 'manyhands_template'))
    }
    await sql`create database ${sql(name)} template manyhands_template`
  } finally {
    await sql`select pg_advisory_unlock(${LOCK})`
  }
  return {
    name,
    async drop() {
      await sql`drop database if exists ${sql(name)} with (force)`
      await sql.end({ timeout: 5 })
    },
  }
}
