import type { Config } from '@manyhands/shared/config/config'
import { isConnectionFailure } from '@manyhands/shared/db/failures'
import { countPendingMigrations } from '@manyhands/shared/db/migrate'
import { type Finding, reasonOf } from './check.ts'
import { withConnection } from './with-connection.ts'

export async function checkPrimary(config: Config): Promise<Finding> {
  try {
    const [server] = await withConnection(
      config,
      config.DATABASE_URL,
      (sql) => sql`
        select current_setting('server_version') as version, pg_is_in_recovery() as standby`,
    )
    if (server?.standby) {
      return {
        ok: false,
        detail: 'is a standby: nothing can be written',
        advice: 'DATABASE_URL must name the primary, and replicas belong in DATABASE_REPLICA_URLS',
      }
    }
    const pending = await countPendingMigrations(config.DATABASE_URL)
    if (pending > 0) {
      const detail = `${pending} migration(s) not applied`
      return { ok: false, detail, advice: 'Run `npm run cli -- migrate`' }
    }
    return { ok: true, detail: `${server?.version}, up to date` }
  } catch (error) {
    const advice = isConnectionFailure(error)
      ? 'Start PostgreSQL, or correct DATABASE_URL'
      : 'Correct DATABASE_URL: its user, password and database must exist'
    return { ok: false, detail: reasonOf(error), advice }
  }
}
