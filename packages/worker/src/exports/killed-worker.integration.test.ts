import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { exportProject } from '@manyhands/shared/exports/jobs'
import { findExport, requestExport } from '@manyhands/shared/exports/repository'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { parse } from 'csv-parse/sync'
import { expect, it, onTestFinished, vi } from 'vitest'
import { insertManyAnswers } from '../../testing/answers.ts'
import { readArchive, storageFolder } from '../../testing/read-archive.ts'
import { SHORT_LOCKS } from '../../testing/short-locks.ts'
import { storedFiles } from '../../testing/stored-files.ts'
import { STUCK_WORKER, startWorkerProcess } from '../../testing/worker-process.ts'
import { handlers, topics } from '../registry.ts'
import { startWorker } from '../runtime/start-worker.ts'

const platform = useTestPlatform()
const ROWS = 20_000

it('ends with one file when the worker is killed half-way', async () => {
  const { ctx, make } = platform
  const project = await make.project()
  const [task] = await make.tasks(1, { project })
  if (!task) throw new Error('no task')
  await insertManyAnswers(ctx, task, ROWS)
  const order = { projectId: project.id, userId: null, type: 'task_run', format: 'csv' } as const
  const { id: exportId } = await requestExport(ctx.db.primary, order)
  const find = () => findExport(ctx.db.primary, exportId)

  const doomed = startWorkerProcess(STUCK_WORKER, platform.env)
  onTestFinished(() => doomed.kill('SIGKILL'))
  await ctx.producer.enqueue(exportProject, { exportId })
  await vi.waitFor(
    async () => {
      expect(await storedFiles(ctx)).toHaveLength(1)
      expect((await find())?.rowsTotal).toBe(ROWS)
    },
    { timeout: 30_000, interval: 50 },
  )
  const begun = await find()
  expect(begun).toMatchObject({ state: 'running', storageKey: null })
  doomed.kill('SIGKILL')
  expect(await doomed.ended).toBe('SIGKILL')
  expect(await storedFiles(ctx)).toEqual([expect.stringMatching(/\.partial$/)])

  const heir = await startWorker(ctx, { handlers, topics, schedules: [] }, SHORT_LOCKS)
  onTestFinished(() => heir.stop(2_000))
  await vi.waitFor(async () => expect((await find())?.state).toBe('done'), { timeout: 30_000 })

  const done = await find()
  expect(done?.started?.getTime()).toBeGreaterThan(begun?.started?.getTime() ?? 0)
  // On a busy machine the heir may be thought dead too: what its lost attempt has begun goes with it.
  await vi.waitFor(async () => expect(await storedFiles(ctx)).toEqual([done?.storageKey]), {
    timeout: 30_000,
  })
  const file = await readFile(`${storageFolder(ctx)}/${done?.storageKey}`)
  expect(createHash('sha256').update(file).digest('hex')).toBe(done?.sha256)
  const [content = ''] = (await readArchive(ctx, exportId)).values()
  const rows = parse<{ info_n: string }>(content, { columns: true })
  expect(rows.map((row) => Number(row.info_n))).toEqual(
    Array.from({ length: ROWS }, (_, n) => n + 1),
  )
})
