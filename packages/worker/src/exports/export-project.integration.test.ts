import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import {
  cancelExport,
  claimExport,
  findExport,
  requestExport,
} from '@manyhands/shared/exports/repository'
import { PermanentError } from '@manyhands/shared/queues/permanent-error'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { insertManyAnswers } from '../../testing/answers.ts'
import { callJob } from '../../testing/call-job.ts'
import { readArchive, storageFolder } from '../../testing/read-archive.ts'
import { storedFiles } from '../../testing/stored-files.ts'
import { exportProjectJob } from './export-project.ts'

const platform = useTestPlatform()

async function orderExport(format: 'csv' | 'json' = 'csv', rows = 0) {
  const { ctx, make } = platform
  const project = await make.project()
  const [task] = await make.tasks(1, { project })
  if (task && rows > 0) await insertManyAnswers(ctx, task, rows)
  const order = { projectId: project.id, userId: null, type: 'task_run', format } as const
  return { project, order, row: await requestExport(ctx.db.primary, order) }
}

const find = (id: string) => findExport(platform.ctx.db.primary, id)

it('records the file that it has written', async () => {
  const { ctx } = platform
  const { row, project } = await orderExport('csv', 10)

  await callJob(ctx, exportProjectJob, { exportId: row.id })

  const done = await find(row.id)
  const fileName = `${project.id}_${project.shortName}_task_run_csv.zip`
  const storageKey = `exports/${project.id}/${row.id}/${fileName}`
  const content = await readFile(`${storageFolder(ctx)}/${storageKey}`)
  expect(done).toMatchObject({
    state: 'done',
    fileName,
    storageKey,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    rowsDone: 10,
    rowsTotal: 10,
    error: null,
  })
  expect(done?.finished).not.toBeNull()
})

it('writes 100,000 answers in bounded memory', async () => {
  const { ctx } = platform
  const { row } = await orderExport('csv', 100_000)
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 20)

  await callJob(ctx, exportProjectJob, { exportId: row.id })

  clearInterval(watch)
  expect(most - before).toBeLessThan(200_000_000)
  const members = await readArchive(ctx, row.id)
  const [rows, infos] = [...members.values()]
  expect(rows?.split('\n')).toHaveLength(100_002)
  expect(infos?.split('\n')).toHaveLength(100_002)
  expect((await find(row.id))?.rowsDone).toBe(100_000)
})

it('joins an export of the same kind while it waits or runs, and no other', async () => {
  const { ctx } = platform
  const { row, order } = await orderExport()
  const request = (change: object = {}) => requestExport(ctx.db.primary, { ...order, ...change })

  const together = await Promise.all(Array.from({ length: 8 }, () => request({ type: 'task' })))
  expect(new Set(together.map(({ id }) => id)).size).toBe(1)
  expect((await request()).id).toBe(row.id)
  await claimExport(ctx.db.primary, row.id)
  expect((await request()).id).toBe(row.id)
  expect((await request({ format: 'json' })).id).not.toBe(row.id)
  await callJob(ctx, exportProjectJob, { exportId: row.id })
  expect((await request()).id).not.toBe(row.id)
})

it('leaves a cancelled export alone', async () => {
  const { ctx } = platform
  const { row } = await orderExport('json', 5)
  const cancelled = await cancelExport(ctx.db.primary, row.id)
  expect(cancelled?.state).toBe('cancelled')

  await callJob(ctx, exportProjectJob, { exportId: row.id })

  expect((await find(row.id))?.state).toBe('cancelled')
  expect(await storedFiles(ctx)).not.toContainEqual(expect.stringContaining(row.id))
  expect(await cancelExport(ctx.db.primary, row.id)).toBeUndefined()
})

it('stops when it is cancelled half-way, and leaves no file', async () => {
  const { ctx } = platform
  const { row } = await orderExport('csv', 20_000)
  const storage = slowStorage()

  const job = callJob({ ...ctx, storage }, exportProjectJob, { exportId: row.id })
  await storage.begun
  await cancelExport(ctx.db.primary, row.id)
  await job

  expect(await find(row.id)).toMatchObject({ state: 'cancelled', storageKey: null })
  expect(await storedFiles(ctx)).not.toContainEqual(expect.stringContaining(row.id))
})

it('is not written twice by a worker that was thought dead', async () => {
  const { ctx } = platform
  const { row } = await orderExport('json', 20_000)
  const storage = slowStorage()

  const late = callJob({ ...ctx, storage }, exportProjectJob, { exportId: row.id })
  await storage.begun
  await callJob(ctx, exportProjectJob, { exportId: row.id })
  storage.release()
  await late

  const done = await find(row.id)
  expect(done?.state).toBe('done')
  const files = (await storedFiles(ctx)).filter((path) => path.includes(row.id))
  expect(files).toEqual([done?.storageKey])
  const content = await readFile(`${storageFolder(ctx)}/${done?.storageKey}`)
  expect(createHash('sha256').update(content).digest('hex')).toBe(done?.sha256)
})

it('waits for its next try after a failure, and says so when there is none', async () => {
  const { ctx } = platform
  const { row } = await orderExport('csv', 5)
  const storage = { ...slowStorage(), put: () => Promise.reject(new Error('ENOSPC: secret path')) }

  await expect(
    callJob({ ...ctx, storage }, exportProjectJob, { exportId: row.id }),
  ).rejects.toThrow('ENOSPC')
  expect((await find(row.id))?.state).toBe('waiting')

  await exportProjectJob.givenUp(ctx, { exportId: row.id }, new Error('ENOSPC: secret path'))
  expect(await find(row.id)).toMatchObject({
    state: 'failed',
    error: 'The export could not be written. Please try again later.',
  })
})

it('refuses rows with more columns than a spreadsheet has', async () => {
  const { ctx } = platform
  const { row, project } = await orderExport('csv', 1)
  await ctx.db.primary.execute(sql`
    update task_runs set info = (select jsonb_object_agg('key' || i, i) from generate_series(1, 17000) i)
    where project_id = ${project.id}`)

  await expect(callJob(ctx, exportProjectJob, { exportId: row.id })).rejects.toThrow(PermanentError)
})

/** A storage that reads nothing until it is released. */
function slowStorage() {
  const { storage } = platform.ctx
  const started = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  return {
    put: async (key: string, content: Parameters<typeof storage.put>[1]) => {
      started.resolve()
      await Promise.race([
        released.promise,
        new Promise<void>((resolve) => content.once('close', resolve)),
      ])
      return storage.put(key, content)
    },
    open: storage.open.bind(storage),
    size: storage.size.bind(storage),
    remove: storage.remove.bind(storage),
    removeFolder: storage.removeFolder.bind(storage),
    begun: started.promise,
    release: released.resolve,
  }
}

it('finds the export it is asked for, or nothing', async () => {
  expect(await find('no-id')).toBeUndefined()
  expect(await find('00000000-0000-4000-8000-000000000000')).toBeUndefined()
})
