import { buffer } from 'node:stream/consumers'
import { finished } from 'node:stream/promises'
import { expect, it } from 'vitest'
import { zip } from './zip.ts'
import { directoryEntry, endOfDirectory } from './zip-records.ts'

async function* chunks(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text)
}

it('throws what a member throws', async () => {
  async function* broken(): AsyncGenerator<Buffer> {
    yield Buffer.from('beginning')
    throw new Error('no more')
  }
  const archive = zip([
    { name: 'whole', plain: () => chunks('text') },
    { name: 'broken', plain: broken },
  ])

  await expect(buffer(archive)).rejects.toThrow('no more')
})

it('ends what it reads from when it is destroyed', async () => {
  let ended = false
  async function* endless(): AsyncGenerator<Buffer> {
    try {
      for (;;) yield Buffer.from(`${Math.random()}`.repeat(10_000))
    } finally {
      ended = true
    }
  }
  const archive = zip([{ name: 'endless', plain: endless }])
  for await (const _ of archive) break

  await finished(archive).catch(() => {})
  await expect.poll(() => ended).toBe(true)
})

it('writes 64-bit fields where a number needs them', () => {
  const entry = {
    name: Buffer.from('big'),
    modified: new Date('2026-01-01'),
    crc: 1,
    compressed: 5,
  }
  const small = directoryEntry({ ...entry, size: 10, offset: 20 })
  const large = directoryEntry({ ...entry, size: 5_000_000_000, offset: 6_000_000_000 })

  expect(large.length - small.length).toBe(28)
  expect(large.readUInt32LE(24)).toBe(0xffffffff)
  const extra = large.subarray(46 + 'big'.length)
  expect([4, 12, 20].map((at) => Number(extra.readBigUInt64LE(at)))).toEqual([
    5_000_000_000, 5, 6_000_000_000,
  ])
  expect(endOfDirectory(1, 100, 50)).toHaveLength(22)
  expect(endOfDirectory(1, 5_000_000_000, 50)).toHaveLength(22 + 56 + 20)
})
