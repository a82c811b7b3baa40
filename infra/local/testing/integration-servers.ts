import { startPostgres } from '../postgres/start-postgres.ts'
import { startReplica } from '../postgres/start-replica.ts'
import { startRedis } from '../redis/start-redis.ts'

/** Runs before the first integration test: a throw-away PostgreSQL primary with a streaming replica and a
 *  Redis on ports of their own, so that the tests run beside an `npm start`. Returns what stops them. */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env.TEST_DATABASE_URL) return async () => {}
  const started: { dispose(): Promise<void> }[] = []
  const stop = async () => {
    for (const server of started.reverse()) await server.dispose()
  }
  try {
    const redis = await startRedis()
    started.push(redis)
    const primary = await startPostgres()
    started.push(primary)
    const replica = await startReplica({ of: primary })
    started.push(replica)
    process.env.TEST_DATABASE_URL = primary.url
    process.env.TEST_REPLICA_URL = replica.url
    process.env.TEST_REDIS_URL = redis.url
    return stop
  } catch (error) {
    await stop() // a server that still ran would keep the test runner from ending
    throw error
  }
}
