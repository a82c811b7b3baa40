import { describe, expect, it, vi } from 'vitest'
import { useTestPlatform } from '../../testing/platform.ts'

const platform = useTestPlatform({ env: { LEASE_TTL_SECONDS: '1' } })
let nextId = 0
const candidates = (count: number, nAnswers = 1, nTaskRuns = 0) =>
  Array.from({ length: count }, () => ({ id: ++nextId, nAnswers, nTaskRuns }))

describe('a lease', () => {
  it('gives the last slot to one of many who ask together', async () => {
    const [task] = candidates(1, 3)
    if (!task) throw new Error('no task')
    const grants = await Promise.all(
      Array.from({ length: 20 }, (_, at) => platform.ctx.leases.grant(`v${at}`, [task], 0, 1)),
    )
    expect(grants.flatMap((grant) => grant.ids)).toHaveLength(3)
    expect(grants.filter((grant) => grant.blocked === 1)).toHaveLength(17)
  })

  it('is the same one when its holder asks again', async () => {
    const tasks = candidates(3)
    const first = await platform.ctx.leases.grant('again', tasks, 0, 1)
    expect((await platform.ctx.leases.grant('again', tasks, 0, 1)).ids).toEqual(first.ids)
  })

  it('counts the offset over what could be leased, over several pages', async () => {
    const [taken, ...open] = candidates(4)
    if (!taken) throw new Error('no task')
    await platform.ctx.leases.grant('somebody', [taken], 0, 1)
    const page = await platform.ctx.leases.grant('me', [taken, ...open.slice(0, 1)], 2, 1)
    expect(page).toEqual({ ids: [], skip: 1, blocked: 1 })
    expect((await platform.ctx.leases.grant('me', open.slice(1), page.skip, 1)).ids).toEqual([
      open[2]?.id,
    ])
  })

  it('returns to the pool when its holder does not answer', async () => {
    const tasks = candidates(1)
    await platform.ctx.leases.grant('gone', tasks, 0, 1)
    await vi.waitFor(
      async () =>
        expect((await platform.ctx.leases.grant('next', tasks, 0, 1)).ids).toHaveLength(1),
      { timeout: 5_000, interval: 100 },
    )
    expect(await platform.ctx.leases.requestedAt('gone', tasks[0]?.id ?? 0)).toBeTypeOf('number')
  })

  it('is not given on a count that was read before the last commit', async () => {
    const [task] = candidates(1, 2, 0)
    if (!task) throw new Error('no task')
    for (const [volunteer, n] of [
      ['a', 1],
      ['b', 2],
    ] as const) {
      await platform.ctx.leases.grant(volunteer, [task], 0, 1)
      await platform.ctx.leases.settle(volunteer, task.id, n)
    }
    expect((await platform.ctx.leases.grant('c', [task], 0, 1)).ids).toEqual([])
  })
})
