import { sql } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import { useTestPlatform } from '../../testing/platform.ts'
import { selectRows } from '../db/raw.ts'
import { deleteTaskRun, listTaskRunsOfTask, storeTaskRun } from '../task-runs/repository.ts'
import { countAnswerOff, lockTask } from '../tasks/repository.ts'
import type { TaskRow } from '../tasks/table.ts'
import { browserVolunteer } from '../volunteers/identity.ts'
import { createResult, findCurrentResult } from './repository.ts'

const platform = useTestPlatform()

async function makeTask(answers: number): Promise<TaskRow> {
  const { ctx, make } = platform
  const [task] = await make.tasks(1, { project: await make.project(), redundancy: 1 })
  if (!task) throw new Error('no task')
  for (let n = 0; n < answers; n++) {
    await storeTaskRun(ctx.db.primary, {
      taskId: task.id,
      projectId: task.projectId,
      volunteer: browserVolunteer(`browser ${n}`, '10.0.0.1'),
      requestedAt: new Date().toISOString(),
      info: { n },
      mediaUrl: null,
      timeout: null,
      calibration: null,
      idempotencyKey: null,
      answerHash: 'hash',
    })
  }
  return task
}

/** Takes the first answer back; `createResult` begins while that is under way and not committed. */
async function takeBackBeside(task: TaskRow): Promise<number | undefined> {
  const { primary } = platform.ctx.db
  let created: Promise<number | undefined> = Promise.resolve(undefined)
  await primary.transaction(async (tx) => {
    const locked = await lockTask(tx, task.id)
    const [run] = await listTaskRunsOfTask(tx, task.id)
    if (!locked || !run) throw new Error('no answer')
    created = createResult(primary, task.id)
    await vi.waitFor(async () => expect(await countWaiting()).toBe(1), { timeout: 5_000 })
    await deleteTaskRun(tx, run)
    const after = await countAnswerOff(tx, locked)
    if (after.state === 'completed') await createResult(tx, task.id)
  })
  return created
}

async function countWaiting(): Promise<number> {
  const [row] = await selectRows<{ n: number }>(
    platform.ctx.db.primary,
    sql`select count(*)::int as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return row?.n ?? 0
}

it('makes no result of an answer that is being taken back', async () => {
  const task = await makeTask(1)
  expect(await takeBackBeside(task)).toBeUndefined()
  expect(await findCurrentResult(platform.ctx.db.primary, task.id)).toBeUndefined()
})

it('makes it of the answers that are left when the task stays completed', async () => {
  const task = await makeTask(2)
  await takeBackBeside(task)
  const [left] = await listTaskRunsOfTask(platform.ctx.db.primary, task.id)
  const result = await findCurrentResult(platform.ctx.db.primary, task.id)
  expect(result?.taskRunIds).toEqual([left?.id])
})
