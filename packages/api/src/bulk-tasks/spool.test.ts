import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { spool } from './spool.ts'

const body = (...pieces: string[]) => new Blob(pieces).stream()

it('gives back what was sent, from the beginning', async () => {
  expect(await text(await spool(body('one ', 'two'), 100))).toBe('one two')
})

it('takes no body for an empty one', async () => {
  expect(await text(await spool(null, 100))).toBe('')
})

it('refuses what is too large', async () => {
  await expect(spool(body('x'.repeat(101)), 100)).rejects.toThrow('larger than')
})
