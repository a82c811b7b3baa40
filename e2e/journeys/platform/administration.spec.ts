import { PlatformTotals } from '@manyhands/shared/projects/contract'
import { expect, test } from '@playwright/test'
import { ApiClient } from '../../support/api-client.ts'
import { cli } from '../../support/cli.ts'
import { eventually } from '../../support/eventually.ts'

test('the doctor finds nothing wrong with a platform that was just started', async () => {
  const { ok, checks } = Object(await cli('doctor'))
  expect(checks.filter((check: { ok: boolean }) => !check.ok)).toEqual([])
  expect(ok).toBe(true)
})

test('a simulated crowd answers through the public API', async () => {
  const totals = () => new ApiClient().get('/api/platform', PlatformTotals)
  const before = await totals()
  const { crowd } = Object(await cli('demo', '--crowd', '8', '--error', '0.25', '--answers', '40'))
  expect(crowd).toMatchObject({ volunteers: 8, answers: 40, errors: 0 })
  await eventually('the totals', async () => {
    const { n_task_runs } = await totals()
    return n_task_runs >= before.n_task_runs + 40 ? true : undefined
  })
})
