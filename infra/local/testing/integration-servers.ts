import { startPostgres } from '../postgres/start-postgres.ts'
import { startReplica } from '../postgres/start-replica.ts'
import { startRedis } from '../redis/start-redis.ts'

/** Runs before the first integration test: a throw-away PostgreSQL primary with a streaming replica and a
 *  Redis on ports of their own, so that the tests run beside an `npm start`. Returns what stops them. */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env.TEST_DATABASE_URL) return async () => {}
  const [primary, redis] = await Promise.all([startPostgres(), startRedis()])
  const replica = await startReplica({ of: primary })
  process.env.TEST_DATABASE_URL = primary.url
  process.env.TEST_REPLICA_URL = replica.url
  process.env.TEST_REDIS_URL = redis.url
  return async () => {
    await Promise.all([redis.dispose(), replica.dispose()])
    await primary.dispose()
  }
}
