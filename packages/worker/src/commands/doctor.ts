import { readConfigOrExit } from '@manyhands/shared/config/config'
import { z } from 'zod'
import { defineCommand } from './command.ts'
import { type Check, examine } from './doctor/check.ts'
import { checkPrimary } from './doctor/check-primary.ts'
import { checkRedis } from './doctor/check-redis.ts'
import { checkReplica } from './doctor/check-replica.ts'
import { checkStorage } from './doctor/check-storage.ts'
import { commandLog } from './with-database.ts'

export const doctorCommand = defineCommand({
  name: 'doctor',
  summary: 'Look at everything the platform depends on and say what to do',
  options: {},
  needs: { redis: true },
  input: z.object({}),
  async run(_input, invocation) {
    const config = readConfigOrExit(invocation.env)
    const log = commandLog({ ...config, LOG_LEVEL: 'silent' })
    const checks = await Promise.all([
      examine('PostgreSQL primary', () => checkPrimary(config)),
      ...config.DATABASE_REPLICA_URLS.map((url, at) =>
        examine(`PostgreSQL replica ${at + 1}`, () => checkReplica(config, url)),
      ),
      examine('Redis', () => checkRedis(config, log)),
      examine('Storage', () => checkStorage(config)),
    ])
    const ok = checks.every((check) => check.ok)
    invocation.print({ ok, checks }, checks.map(describe).join('\n'))
    return ok ? 0 : 1
  },
})

function describe({ name, ok, detail, advice }: Check): string {
  const line = `${ok ? '✓' : '✗'} ${name}: ${detail}`
  return advice ? `${line}\n  → ${advice}` : line
}
