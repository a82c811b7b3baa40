import { migrate } from '@manyhands/shared/db/migrate'
import { fillDatabase } from '../../bench/dataset/fill-database.ts'
import { startPostgres } from '../postgres/start-postgres.ts'
import { startRedis } from '../redis/start-redis.ts'

const FULL_SCALE = '1'

/** Runs before the tests of query plans: a PostgreSQL and a Redis of their own, and a database of
 *  `PLANS_SCALE` times a million tasks and ten million answers. Returns what stops and removes them.
 *  With `PLANS_DATABASE_URL` they run already. */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env.PLANS_DATABASE_URL) return async () => {}
  const scale = Number(process.env.PLANS_SCALE || FULL_SCALE)
  if (!(scale > 0 && scale <= 10)) throw new Error('PLANS_SCALE must be above 0 and at most 10')
  const say = (text: string) => void process.stdout.write(`  ${text}\n`)
  const started: { dispose(): Promise<void> }[] = []
  const stop = async () => {
    for (const server of started.reverse()) await server.dispose()
  }
  try {
    const redis = await startRedis()
    started.push(redis)
    const server = await startPostgres({ database: 'plans' })
    started.push(server)
    await migrate(server.url)
    const { layout, seconds, bytes } = await fillDatabase(server.url, scale, say)
    const size = (bytes / 2 ** 30).toFixed(1)
    say(
      `PLANS_SCALE=${scale}: ${layout.tasks.toLocaleString('en')} tasks, ${layout.taskRuns.toLocaleString('en')} task runs in ${seconds.toFixed(0)} s, ${size} GiB`,
    )
    process.env.TEST_DATABASE_URL = server.urlOf('postgres')
    process.env.TEST_REDIS_URL = redis.url
    process.env.PLANS_DATABASE_URL = server.url
    process.env.PLANS_LAYOUT = JSON.stringify(layout)
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}
