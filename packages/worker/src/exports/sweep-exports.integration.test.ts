import { exportProject } from '@manyhands/shared/exports/jobs'
import {
  cancelExport,
  claimExport,
  findExport,
  requestExport,
} from '@manyhands/shared/exports/repository'
import { exports_ } from '@manyhands/shared/exports/table'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { callJob } from '../../testing/call-job.ts'
import { storedFiles } from '../../testing/stored-files.ts'
import { cleanExportsJob } from './clean-exports.ts'
import { exportProjectJob } from './export-project.ts'
import { sweepExportsJob } from './sweep-exports.ts'

const platform = useTestPlatform()

async function order(type: 'task' | 'task_run' | 'result', projectId?: number) {
  const id = projectId ?? (await platform.make.project()).id
  return requestExport(platform.ctx.db.primary, {
    projectId: id,
    userId: null,
    type,
    format: 'csv',
  })
}

const age = (interval: string) =>
  platform.ctx.db.primary.update(exports_).set({
    created: sql`created - ${interval}::interval`,
    started: sql`started - ${interval}::interval`,
  })

const queuedExports = async () => {
  const jobs = await platform.ctx.producer.queues.interactive.getJobs(['waiting', 'active'])
  return jobs.map(({ data }) => data.exportId).sort()
}

it('queues exports again whose job was lost, and no export twice', async () => {
  const { ctx } = platform
  const lost = await order('task')
  const died = await order('task_run')
  await claimExport(ctx.db.primary, died.id)
  const queued = await order('result')
  await ctx.producer.enqueue(exportProject, { exportId: queued.id })
  const cancelled = await order('task')
  await cancelExport(ctx.db.primary, cancelled.id)
  const done = await order('task')
  await callJob(ctx, exportProjectJob, { exportId: done.id })
  await age('5 minutes')
  await order('task')

  await callJob(ctx, sweepExportsJob, {})
  await callJob(ctx, sweepExportsJob, {})

  expect(await queuedExports()).toEqual([lost.id, died.id, queued.id].sort())
})

it('removes what was requested more than a week ago, with its file', async () => {
  const { ctx } = platform
  const old = await order('task')
  await callJob(ctx, exportProjectJob, { exportId: old.id })
  const unfinished = await order('task_run')
  await age('8 days')
  const recent = await order('task')
  await callJob(ctx, exportProjectJob, { exportId: recent.id })
  const file = (await findExport(ctx.db.primary, recent.id))?.storageKey

  await callJob(ctx, cleanExportsJob, {})

  expect(await findExport(ctx.db.primary, old.id)).toBeUndefined()
  expect(await findExport(ctx.db.primary, unfinished.id)).toBeDefined()
  expect(await storedFiles(ctx)).toEqual([file])
})
