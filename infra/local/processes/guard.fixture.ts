// A launcher for `guard.integration.test.ts` to kill: starts servers, says which, and waits.
import { startPostgres } from '../postgres/start-postgres.ts'
import { startRedis } from '../redis/start-redis.ts'
import { guardedProcesses } from './guard.ts'

const [primary, redis] = await Promise.all([startPostgres(), startRedis()])
if (process.argv[2] === 'frozen') await primary.pause()
process.stdout.write(`${JSON.stringify(guardedProcesses())}\n`)
await Promise.race([primary.ended(), redis.ended()])
