import { setImmediate as turn } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { beforeAll, expect, it, vi } from 'vitest'
import { useTestPlatform } from '../../testing/platform.ts'
import { copyOut } from './copy.ts'
import { selectRows } from './raw.ts'
import type { Reader } from './types.ts'

const platform = useTestPlatform({ replica: true })
beforeAll(() =>
  vi.waitFor(() => expect(platform.ctx.db.replicaStates()).toMatchObject([{ usable: true }]), {
    timeout: 20_000,
  }),
)

async function one(db: Reader, query: ReturnType<typeof sql>): Promise<unknown> {
  const [row] = await selectRows<{ value: unknown }>(db, query)
  return row?.value
}
const onReplica = (db: Reader) => one(db, sql`select pg_is_in_recovery() as value`)
const countUsers = (db: Reader) => one(db, sql`select count(*)::int as value from users`)

it('sees everything before its position, and nothing after its beginning', async () => {
  const { db } = platform.ctx
  await platform.make.user()

  const seen = await db.readTransaction(
    async (tx) => {
      const before = await countUsers(tx)
      await platform.make.user()
      return { replica: await onReplica(tx), before, after: await countUsers(tx) }
    },
    await db.commitPosition(),
  )

  expect(seen).toEqual({ replica: true, before: 1, after: 1 })
  expect(await countUsers(db.primary)).toBe(2)
})

it('reads from the primary what no replica has', async () => {
  const { db } = platform.ctx
  const future = (await db.commitPosition()) + 1_000_000_000n

  expect(await db.readTransaction(onReplica, future)).toBe(false)
})

it('begins again on the primary when the replica fails', async () => {
  const runs: unknown[] = []

  const answer = await platform.ctx.db.readTransaction(async (tx) => {
    runs.push(await onReplica(tx))
    if (runs.length === 1) throw Object.assign(new Error('gone'), { code: '57P01' })
    return 'read'
  })

  expect(answer).toBe('read')
  expect(runs).toEqual([true, false])
})

it('has no time limit and cannot write', async () => {
  const { db } = platform.ctx
  const timeout = sql`select current_setting('statement_timeout') as value`
  expect(await one(db.primary, timeout)).toBe('15s')

  expect(await db.readTransaction((tx) => one(tx, timeout))).toBe('0')
  const future = (await db.commitPosition()) + 1_000_000_000n
  const write = db.readTransaction((tx) => selectRows(tx, sql`delete from users`), future)
  await expect(write).rejects.toMatchObject({ cause: { code: '25006' } })
})

const numbers = (count: number) =>
  sql`select n, repeat('x', 200) from generate_series(1, ${count}::int) n`

it('copies every row, however slowly they are read', async () => {
  let rows = ''
  let pieces = 0

  const after = await platform.ctx.db.readTransaction(async (tx) => {
    for await (const piece of copyOut(tx, numbers(20_000))) {
      expect(piece.at(-1)).toBe(10)
      rows += piece.toString()
      pieces += 1
      await turn()
    }
    return one(tx, sql`select 'usable' as value`)
  })

  const read = rows.split('\n').slice(0, -1)
  expect(read.map((row) => Number(row.split('\t')[0]))).toEqual(
    Array.from({ length: 20_000 }, (_, at) => at + 1),
  )
  expect(pieces).toBeGreaterThan(1)
  expect(after).toBe('usable')
})

it('goes on after a last row that is larger than what the driver holds', async () => {
  const after = await platform.ctx.db.readTransaction(async (tx) => {
    for await (const piece of copyOut(tx, sql`select repeat('x', 200000)`)) {
      expect(piece).toHaveLength(200_001)
    }
    return one(tx, sql`select 'usable' as value`)
  })

  expect(after).toBe('usable')
})

it('can be stopped before the end, and the transaction goes on', async () => {
  const after = await platform.ctx.db.readTransaction(async (tx) => {
    for await (const _ of copyOut(tx, numbers(50_000))) break
    return one(tx, sql`select 'usable' as value`)
  })

  expect(after).toBe('usable')
})

it('throws what goes wrong in the middle of a copy', async () => {
  const broken = sql`select 1 / (40000 - n) from generate_series(1, 50000) n`

  const copying = platform.ctx.db.readTransaction(async (tx) => {
    for await (const _ of copyOut(tx, broken)) await turn()
  })

  await expect(copying).rejects.toMatchObject({ code: '22012' })
  expect(await platform.ctx.db.readTransaction(countUsers)).toBe(2)
})
