import { connectRedis } from '@manyhands/shared/cache/redis'
import { readConfigOrExit } from '@manyhands/shared/config/config'
import { UnavailableError } from '@manyhands/shared/errors/errors'
import { cleanExports, sweepExports } from '@manyhands/shared/exports/jobs'
import { Producer } from '@manyhands/shared/queues/producer'
import { z } from 'zod'
import { defineCommand } from './command.ts'
import { commandLog } from './with-database.ts'

const JOBS = [sweepExports, cleanExports]
const NAMES = JOBS.map(({ name }) => name)

export const jobsRunCommand = defineCommand({
  name: 'jobs run',
  summary: `Queue a recurring job now, whenever its turn would be: ${NAMES.join(', ')}`,
  operand: 'NAME',
  options: {},
  needs: { redis: true },
  input: z.object({ operand: z.enum(NAMES, `there are: ${NAMES.join(', ')}`) }),
  async run({ operand }, invocation) {
    return 0
  },
})
