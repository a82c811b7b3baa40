import { z } from 'zod'
import { runCrowd } from '../demo/crowd/run-crowd.ts'
import { describeDemo } from '../demo/describe-demo.ts'
import { seedDemo } from '../demo/seed-demo.ts'
import { defineCommand } from './command.ts'
import { withDatabase } from './with-database.ts'

const whole = (max: number) =>
  z.coerce.number('must be a number').int('must be a whole number').max(max)

export const demoCommand = defineCommand({
  name: 'demo',
  summary: 'Add the demo projects; with --crowd, let simulated volunteers answer them',
  options: {
    crowd: { value: 'N', help: 'how many volunteers answer through the public API' },
    error: { value: 'X', help: 'the share of wrong answers, 0 to 1 (default 0.1)' },
    answers: { value: 'N', help: 'stop after this many answers (default: when nothing is left)' },
  },
  needs: { redis: false },
  input: z
    .object({
      crowd: whole(10_000).min(1, 'must be 1 or more').optional(),
      error: z.coerce
        .number('must be a number')
        .min(0)
        .max(1, 'must be between 0 and 1')
        .optional(),
      answers: whole(10_000_000).min(1, 'must be 1 or more').optional(),
    })
    .refine(({ crowd, error }) => crowd !== undefined || error === undefined, {
      path: ['error'],
      message: 'is for a crowd: give --crowd as well',
    })
    .refine(({ crowd, answers }) => crowd !== undefined || answers === undefined, {
      path: ['answers'],
      message: 'is for a crowd: give --crowd as well',
    }),
  run: (input, invocation) =>
    withDatabase(invocation, async (ctx) => {
      const { created } = await seedDemo(ctx)
      const demo = await describeDemo(ctx)
      const { owner, projects } = demo
      const lines = [
        created ? 'The demo was added.' : 'The demo is there already.',
        `Owner: ${owner.email}, password ${owner.password ?? '(it was changed)'}`,
        ...projects.map(({ name, url }) => `${name}: ${url}`),
      ]
      if (input.crowd === undefined) {
        invocation.print({ ...demo, created }, lines.join('\n'))
        return 0
      }
      const crowd = await runCrowd({
        url: ctx.config.PUBLIC_URL,
        secret: ctx.config.SECRET,
        size: input.crowd,
        errorRate: input.error ?? 0.1,
        maxAnswers: input.answers ?? Number.POSITIVE_INFINITY,
        say: (text) => invocation.say(text),
      })
      lines.push(
        `${crowd.volunteers} volunteers: ${crowd.answers} answers stored (${crowd.wrong} of them wrong), ` +
          `${crowd.completed_tasks} tasks completed, ${crowd.errors} errors`,
      )
      invocation.print({ ...demo, created, crowd }, lines.join('\n'))
      return crowd.errors > 0 ? 1 : 0
    }),
})
