import type { Config } from '@manyhands/shared/config/config'
import { connect, type SqlClient } from '@manyhands/shared/db/connection'

/** One connection to one server, closed afterwards. */
export async function withConnection<T>(
  config: Config,
  url: string,
  use: (sql: SqlClient) => Promise<T>,
): Promise<T> {
  const { sql } = connect(url, {
    poolSize: 1,
    pooling: config.DATABASE_POOLING,
    statementTimeoutMs: 5_000,
    applicationName: 'manyhands-doctor',
  })
  try {
    return await use(sql)
  } finally {
    await sql.end({ timeout: 2 })
  }
}
