import { readConfigOrExit } from '@manyhands/shared/config/config'
import { UnavailableError } from '@manyhands/shared/errors/errors'
import { Producer } from '@manyhands/shared/queues/producer'
import { z } from 'zod'
import { schedules } from '../schedules.ts'
import { defineCommand } from './command.ts'
import { openRedis } from './open-redis.ts'
import { commandLog } from './with-database.ts'

const NAMES = schedules.map(({ id }) => id)

export const jobsRunCommand = defineCommand({
  name: 'jobs run',
  summary: 'Queue a recurring job now, whenever its turn would be',
  operand: 'NAME',
  options: {},
  needs: { redis: true },
  input: z.object({ operand: z.enum(NAMES, `there are: ${NAMES.join(', ')}`) }),
  async run({ operand }, invocation) {
    const config = readConfigOrExit(invocation.env)
    const log = commandLog(config)
    const redis = await openRedis(config, log).catch((error) => {
      throw new UnavailableError('Redis', { cause: error })
    })
    const producer = new Producer(redis, config.REDIS_PREFIX)
    try {
      for (const { id, job, payload } of schedules) {
        if (id === operand) await producer.enqueue(job, payload)
      }
    } finally {
      await producer.close()
    }
    invocation.print({ queued: operand }, `Queued ${operand}: a worker does it next`)
    return 0
  },
})
