import { results } from '@manyhands/shared/results/table'
import { listTaskRunsOfTask } from '@manyhands/shared/task-runs/repository'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { inArray } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { storeAnswer } from '../../testing/answers.ts'
import { callJob } from '../../testing/call-job.ts'
import { aggregateResultJob } from './aggregate-result.ts'
import { sweepResultsJob } from './sweep-results.ts'

const platform = useTestPlatform({ replica: true })

const resultsOf = (taskIds: number[]) =>
  platform.ctx.db.primary.select().from(results).where(inArray(results.taskId, taskIds))

it('makes one result of the answers that a completed task wanted, and only one', async () => {
  const { ctx, make } = platform
  const [task, open] = await make.tasks(2, { redundancy: 2, project: await make.project() })
  if (!task || !open) throw new Error('no tasks')
  for (let answer = 0; answer < 3; answer++) await storeAnswer(ctx, task)
  await storeAnswer(ctx, open)

  await Promise.all(
    [task, task, task, open].map(({ id }) => callJob(ctx, aggregateResultJob, { taskId: id })),
  )

  const runs = await listTaskRunsOfTask(ctx.db.primary, task.id)
  expect(await resultsOf([task.id, open.id])).toEqual([
    expect.objectContaining({
      taskId: task.id,
      taskRunIds: runs.slice(0, 2).map(({ id }) => id),
      info: null,
      lastVersion: true,
    }),
  ])
})

it('finds every completed task whose result was lost', async () => {
  const { ctx, make } = platform
  const project = await make.project()
  const tasks = await make.tasks(1_100, { redundancy: 1, project })
  const completed = tasks.slice(0, 1_050)
  await Promise.all(completed.map((task) => storeAnswer(ctx, task)))
  const [has] = completed
  if (has) await callJob(ctx, aggregateResultJob, { taskId: has.id })

  await callJob(ctx, sweepResultsJob, {})
  await callJob(ctx, sweepResultsJob, {})

  const made = await resultsOf(tasks.map(({ id }) => id))
  expect(made.map(({ taskId }) => taskId).sort((a, b) => a - b)).toEqual(
    completed.map(({ id }) => id),
  )
})
