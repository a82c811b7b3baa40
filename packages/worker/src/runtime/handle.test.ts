import type { Context } from '@manyhands/shared/context/context'
import { defineJob } from '@manyhands/shared/queues/job'
import { PermanentError } from '@manyhands/shared/queues/permanent-error'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { handle, type JobContext } from './handle.ts'

const weigh = defineJob({
  queue: 'default',
  name: 'weigh',
  payload: z.object({ stones: z.int().default(1) }),
})
const ctx = {} as JobContext

it('gives its work the payload as the contract parses it', async () => {
  const seen: unknown[] = []
  const handler = handle(weigh, async (_ctx, payload) => void seen.push(payload))
  await handler.run(ctx, { stones: 3, of: 'another release' }, () => {})
  await handler.run(ctx, {}, () => {})
  expect(seen).toEqual([{ stones: 3 }, { stones: 1 }])
})

it('refuses a payload for good that the contract does not take', async () => {
  const handler = handle(weigh, async () => {})
  await expect(handler.run(ctx, { stones: 'many' }, () => {})).rejects.toThrow(PermanentError)
  await handler.givenUp(ctx as Context, { stones: 'many' }, new Error('whatever'))
})
