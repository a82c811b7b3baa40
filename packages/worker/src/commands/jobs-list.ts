import { z } from 'zod'
import { schedules } from '../schedules.ts'
import { defineCommand } from './command.ts'

export const jobsListCommand = defineCommand({
  name: 'jobs list',
  summary: 'Show the recurring jobs and how often each runs',
  options: {},
  needs: { redis: false },
  input: z.object({}),
  async run(_input, invocation) {
    const jobs = schedules.map(({ id, everyMs }) => ({ name: id, every_seconds: everyMs / 1_000 }))
    const width = Math.max(...jobs.map(({ name }) => name.length))
    invocation.print(
      { jobs },
      jobs
        .map(({ name, every_seconds }) => `${name.padEnd(width)}  every ${every_seconds} s`)
        .join('\n'),
    )
    return 0
  },
})
