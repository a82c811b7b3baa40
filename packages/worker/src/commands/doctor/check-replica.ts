import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '@manyhands/shared/config/config'
import type { SqlClient } from '@manyhands/shared/db/connection'
import { type Lsn, parseLsn } from '@manyhands/shared/db/lsn'
import { type Finding, reasonOf } from './check.ts'
import { withConnection } from './with-connection.ts'

const LOOK_EVERY_MS = 20

/** How long the replica needs to reach the position at which the primary is now: its lag, measured
 *  rather than believed. */
export async function checkReplica(config: Config, url: string): Promise<Finding> {
  try {
    return await withConnection(config, url, async (replica) => {
      const [server] = await replica`select pg_is_in_recovery() as standby`
      if (!server?.standby) {
        return {
          ok: false,
          detail: 'is not a standby: it does not follow the primary',
          advice: 'Set it up as a streaming replica, or take it out of DATABASE_REPLICA_URLS',
        }
      }
      const lagMs = await measureLag(
        replica,
        await primaryPosition(config),
        config.REPLICA_MAX_LAG_MS,
      )
      if (lagMs === undefined) {
        return {
          ok: false,
          detail: `is more than ${config.REPLICA_MAX_LAG_MS} ms behind (REPLICA_MAX_LAG_MS)`,
          advice: 'Look at pg_stat_replication on the primary; until then it is not read from',
        }
      }
      return { ok: true, detail: `follows the primary, ${lagMs} ms behind at most` }
    })
  } catch (error) {
    return {
      ok: false,
      detail: reasonOf(error),
      advice: 'Start it, or correct DATABASE_REPLICA_URLS; until then the primary serves its reads',
    }
  }
}

async function primaryPosition(config: Config): Promise<Lsn> {
  const [row] = await withConnection(
    config,
    config.DATABASE_URL,
    (sql) => sql`select pg_current_wal_lsn()::text as position`,
  )
  return parseLsn(String(row?.position))
}

/** Undefined when the replica does not get there in time. */
async function measureLag(
  replica: SqlClient,
  position: Lsn,
  maxLagMs: number,
): Promise<number | undefined> {
  const start = performance.now()
  for (;;) {
    const [row] = await replica`select pg_last_wal_replay_lsn()::text as position`
    const elapsedMs = Math.round(performance.now() - start)
    if (parseLsn(String(row?.position)) >= position) return elapsedMs
    if (elapsedMs > maxLagMs) return undefined
    await sleep(LOOK_EVERY_MS)
  }
}
