import { Readable } from 'node:stream'
import { archiveAnswers } from '@manyhands/shared/archives/archive-answers'
import { selectRows } from '@manyhands/shared/db/raw'
import { exportStorageKey } from '@manyhands/shared/exports/names'
import { updateProject } from '@manyhands/shared/projects/repository'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { lockWholeProject } from '@manyhands/shared/projects/whole-project'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { condemnProject } from '@manyhands/shared/trash/repository'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { callJob } from '../../testing/call-job.ts'
import { purgeProjectJob } from './purge-project.ts'
import { purgeTrashJob } from './purge-trash.ts'

const platform = useTestPlatform({ env: { TRASH_DAYS: '30' } })

const TABLES = ['tasks', 'task_runs', 'results', 'archives', 'project_stats', 'webhook_deliveries']

/** With rows of every kind, some of them put aside, and a file. */
async function fullProject(): Promise<ProjectRow> {
  const project = await platform.make.project()
  await platform.make.tasks(20, { project, redundancy: 1 })
  const { primary } = platform.ctx.db
  const answer = (volunteer: string) =>
    primary.execute(sql`
      insert into task_runs (project_id, task_id, finish_time, volunteer_key, answer_hash)
      select project_id, id, now(), ${volunteer}, 'x' from tasks where project_id = ${project.id}`)
  await answer('one')
  await primary.transaction(async (tx) => {
    await lockWholeProject(tx, project.id)
    await archiveAnswers(tx, project.id)
  })
  await answer('two')
  await primary.execute(sql`
    insert into results (project_id, task_id, task_run_ids)
    select project_id, id, '{}' from tasks where project_id = ${project.id}`)
  await primary.execute(
    sql`insert into webhook_deliveries (project_id, payload) values (${project.id}, '{}')`,
  )
  await platform.ctx.storage.put(file(project), Readable.from(['rows']))
  return project
}

const file = ({ id }: ProjectRow) => exportStorageKey(id, 'an-export', 'rows.zip')
const trash = (project: ProjectRow, days: number) =>
  updateProject(platform.ctx.db.primary, project.id, {
    trashed: new Date(Date.now() - days * 86_400_000).toISOString(),
  })
const rowsOf = async ({ id }: ProjectRow) => {
  const counts = await Promise.all(
    TABLES.map(async (table) => {
      const [row] = await selectRows<{ n: number }>(
        platform.ctx.db.primary,
        sql`select count(*)::int as n from ${sql.identifier(table)} where project_id = ${id}`,
      )
      return row?.n ?? 0
    }),
  )
  const [project] = await selectRows(
    platform.ctx.db.primary,
    sql`select 1 from projects where id = ${id}`,
  )
  return counts.reduce((sum, n) => sum + n, 0) + (project ? 1 : 0)
}

it('deletes what has been in the trash long enough, files too, and nothing else', async () => {
  const [old, young, kept] = [await fullProject(), await fullProject(), await fullProject()]
  await trash(old, 31)
  await trash(young, 29)
  await callJob(platform.ctx, purgeTrashJob, {})
  expect(await rowsOf(old)).toBe(0)
  await expect(platform.ctx.storage.size(file(old))).rejects.toThrow()
  for (const project of [young, kept]) {
    expect(await rowsOf(project)).toBeGreaterThan(60)
    expect(await platform.ctx.storage.size(file(project))).toBe(4)
  }
  const [archived] = await selectRows<{ n: number }>(
    platform.ctx.db.primary,
    sql`select count(*)::int as n from archived_rows`,
  )
  expect(archived?.n).toBe(40)
})

it('says in the audit log that time was up', async () => {
  const project = await fullProject()
  await trash(project, 31)
  await callJob(platform.ctx, purgeTrashJob, {})
  const rows = await selectRows(
    platform.ctx.db.primary,
    sql`select action, attribute, user_name, project_short_name from audit_log where project_id = ${project.id}`,
  )
  expect(rows).toEqual([
    {
      action: 'delete',
      attribute: 'project',
      user_name: 'trash',
      project_short_name: project.shortName,
    },
  ])
})

it('deletes at once what its owner gave up, and touches no other when it is run by mistake', async () => {
  const [given, kept] = [await fullProject(), await fullProject()]
  await platform.ctx.db.primary.transaction((tx) => condemnProject(tx, given.id))
  for (const { id } of [given, kept, given]) {
    await callJob(platform.ctx, purgeProjectJob, { projectId: id })
  }
  expect(await rowsOf(given)).toBe(0)
  expect(await rowsOf(kept)).toBeGreaterThan(60)
})
