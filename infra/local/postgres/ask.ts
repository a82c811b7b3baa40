import type { Sql } from 'postgres'
import postgres from 'postgres'

/** Opens one connection for a few statements and closes it. */
export async function ask<T>(url: string, statements: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, idle_timeout: 5, onnotice: () => {} })
  try {
    return await statements(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** True once the server takes this password and answers; false while it is starting or down. Throws when
 *  it refuses the password. */
export async function answers(url: string): Promise<boolean> {
  try {
    await ask(url, (sql) => sql`select 1`)
    return true
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') throw error // invalid_password
    return false
  }
}
