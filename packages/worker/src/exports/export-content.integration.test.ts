import { requestExport } from '@manyhands/shared/exports/repository'
import type { ExportRow } from '@manyhands/shared/exports/table'
import { createResult } from '@manyhands/shared/results/repository'
import { results } from '@manyhands/shared/results/table'
import { toResultView } from '@manyhands/shared/results/view'
import { listTaskRunsOfTask } from '@manyhands/shared/task-runs/repository'
import { toTaskRunView } from '@manyhands/shared/task-runs/view'
import { listTasksByIds, updateTask } from '@manyhands/shared/tasks/repository'
import type { TaskRow } from '@manyhands/shared/tasks/table'
import { toTaskView } from '@manyhands/shared/tasks/view'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { accountVolunteer, externalVolunteer } from '@manyhands/shared/volunteers/identity'
import { parse } from 'csv-parse/sync'
import { eq, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { newVolunteer, storeAnswer } from '../../testing/answers.ts'
import { callJob } from '../../testing/call-job.ts'
import { readArchive } from '../../testing/read-archive.ts'
import { exportProjectJob } from './export-project.ts'

const platform = useTestPlatform({ replica: true })

type Kind = Pick<ExportRow, 'type' | 'format'>

async function runExport(projectId: number, kind: Kind): Promise<Map<string, string>> {
  const { ctx } = platform
  const row = await requestExport(ctx.db.primary, { projectId, userId: null, ...kind })
  await callJob(ctx, exportProjectJob, { exportId: row.id })
  return readArchive(ctx, row.id)
}

async function makeProject(shortName: string, tasks: number, redundancy = 2) {
  const project = await platform.make.project({ shortName, name: shortName })
  return { project, tasks: await platform.make.tasks(tasks, { project, redundancy }) }
}

function only<T>(rows: T[]): T {
  const [row] = rows
  if (!row) throw new Error('there is no row')
  return row
}

const setInfo = (task: TaskRow, info: unknown) =>
  updateTask(platform.ctx.db.primary, task.id, { info })

it('writes task runs as JSON exactly as the API shows them, in id order', async () => {
  const { ctx } = platform
  const { project, tasks } = await makeProject('birds', 2, 3)
  const { user } = await platform.make.user()
  const answers = [
    { answer: 'owl "grey"\n\tback\\slash', box: { x: 1.5, deep: [{ y: null }] } },
    'just text',
    95,
    null,
    ['a', ['b']],
    { ünï: '猫', empty: {}, none: [] },
  ]
  const volunteers = [
    accountVolunteer(user.id),
    newVolunteer(),
    externalVolunteer('=cmd|"tab\there"\nline'),
  ]
  for (const [at, info] of answers.entries()) {
    const task = tasks[at % 2]
    if (task)
      await storeAnswer(ctx, task, { info, volunteer: volunteers[at % 3] ?? newVolunteer() })
  }
  // A fraction that ends in zeros, and one that is zero.
  await ctx.db.primary.execute(sql`
    update task_runs set created = '2026-01-02T03:04:05.120Z', finish_time = '2026-01-02T03:04:06Z'
    where id = (select min(id) from task_runs)`)

  const members = await runExport(project.id, { type: 'task_run', format: 'json' })

  const rows = (
    await Promise.all(tasks.map((t) => listTaskRunsOfTask(ctx.db.primary, t.id)))
  ).flat()
  const shown = rows.sort((a, b) => a.id - b.id).map(toTaskRunView)
  expect([...members.keys()]).toEqual(['birds_task_run.json'])
  const exported = JSON.parse(members.get('birds_task_run.json') ?? '')
  expect(exported).toEqual(shown)
  expect(Object.keys(exported[0])).toEqual(Object.keys(only(shown)))
  expect(exported[0].created).toBe('2026-01-02T03:04:05.120000')
  expect(exported[0].finish_time).toBe('2026-01-02T03:04:06')
})

it('writes tasks as JSON exactly as the API shows them', async () => {
  const { ctx } = platform
  const { project, tasks } = await makeProject('whales', 3)
  await setInfo(only(tasks), { url: 'https://example.org/1.jpg' })
  await ctx.db.primary.execute(
    sql`update tasks set fav_user_ids = '{7,8}', priority_0 = 0.25 where id = ${tasks[1]?.id}`,
  )

  const members = await runExport(project.id, { type: 'task', format: 'json' })

  const rows = await listTasksByIds(
    ctx.db.primary,
    tasks.map(({ id }) => id),
  )
  const shown = rows.sort((a, b) => a.id - b.id).map(toTaskView)
  expect(JSON.parse(members.get('whales_task.json') ?? '')).toEqual(shown)
})

it('writes current results only', async () => {
  const { ctx } = platform
  const { project, tasks } = await makeProject('bats', 1, 1)
  const task = only(tasks)
  await storeAnswer(ctx, task)
  await createResult(ctx.db.primary, task.id)
  await ctx.db.primary.execute(
    sql`update results set last_version = false where task_id = ${task.id}`,
  )
  await createResult(ctx.db.primary, task.id)
  await ctx.db.primary.execute(
    sql`update results set info = '{"label":"bat"}' where task_id = ${task.id} and last_version`,
  )

  const json = await runExport(project.id, { type: 'result', format: 'json' })
  const csv = await runExport(project.id, { type: 'result', format: 'csv' })

  const rows = await ctx.db.primary.select().from(results).where(eq(results.lastVersion, true))
  const shown = rows.filter((row) => row.projectId === project.id).map(toResultView)
  expect(shown).toHaveLength(1)
  expect(JSON.parse(json.get('bats_result.json') ?? '')).toEqual(shown)
  const record = only(parse(csv.get('bats_result.csv') ?? '', { columns: true }))
  const result = only(shown)
  expect(record).toEqual({
    id: String(result.id),
    created: result.created,
    project_id: String(project.id),
    task_id: String(task.id),
    task_run_ids: `[${result.task_run_ids.join(', ')}]`,
    last_version: 'True',
    info_label: 'bat',
  })
})

it('flattens info into columns in the order of their first appearance', async () => {
  const { project, tasks } = await makeProject('foxes', 5)
  const infos = [
    { a: 1, deep: { list: [{ x: 'first' }, 'second'] } },
    { b: true, a: null },
    'a text',
    { empty: {}, none: [] },
    [{ a: 2 }, 'not an object', { c: '=1+1' }],
  ]
  for (const [at, info] of infos.entries()) {
    const task = tasks[at]
    if (task) await setInfo(task, info)
  }

  const members = await runExport(project.id, { type: 'task', format: 'csv' })

  expect([...members.keys()]).toEqual(['foxes_task.csv', 'foxes_task_info_only.csv'])
  const rows = parse<Record<string, string>>(members.get('foxes_task.csv') ?? '', { columns: true })
  expect(Object.keys(only(rows))).toEqual([
    ...['id', 'created', 'project_id', 'state', 'quorum', 'calibration', 'priority_0'],
    ...['info_a', 'info_deep_list_0_x', 'info_deep_list_1', 'n_answers', 'fav_user_ids'],
    ...['info_b', 'info', 'info_0_a', 'info_1', 'info_2_c'],
  ])
  const cells = (row: Record<string, string> | undefined) =>
    Object.fromEntries(
      Object.entries(row ?? {}).filter(([name, cell]) => name.startsWith('info') && cell !== ''),
    )
  expect(rows.map(cells)).toEqual([
    { info_a: '1', info_deep_list_0_x: 'first', info_deep_list_1: 'second' },
    { info_b: 'True' },
    { info: 'a text' },
    {},
    { info_0_a: '2', info_1: 'not an object', info_2_c: "'=1+1" },
  ])
  const ids = tasks.map(({ id }) => String(id))
  expect(parse(members.get('foxes_task_info_only.csv') ?? '')).toEqual([
    ['a', 'deep_list_0_x', 'deep_list_1', 'task_id', 'b', 'c'],
    ['1', 'first', 'second', ids[0], '', ''],
    ['', '', '', ids[1], 'True', ''],
    ['', '', '', ids[3], '', ''],
    ['2', '', '', ids[4], '', ''],
    ['', '', '', ids[4], '', "'=1+1"],
  ])
})

it('finds a column that only a late row has', async () => {
  const { project, tasks } = await makeProject('moths', 2_500, 1)
  const last = tasks.at(-1)
  if (last) await setInfo(last, { n: 2_499, late: { at: 'last' } })

  const members = await runExport(project.id, { type: 'task', format: 'csv' })

  const rows = parse<Record<string, string>>(members.get('moths_task.csv') ?? '', { columns: true })
  expect(rows.map(({ info_n }) => Number(info_n))).toEqual(tasks.map((_, at) => at))
  expect(rows.map((row) => row.info_late_at).filter(Boolean)).toEqual(['last'])
  expect(rows[0]?.info_late_at).toBe('')
  const infos = parse(members.get('moths_task_info_only.csv') ?? '')
  expect(infos).toHaveLength(2_501)
  expect(infos[0]).toEqual(['n', 'task_id', 'late_at'])
})

it('writes a project without rows', async () => {
  const project = await platform.make.project({ shortName: 'nothing', name: 'nothing' })

  expect(await runExport(project.id, { type: 'task_run', format: 'csv' })).toEqual(
    new Map([
      ['nothing_task_run.csv', ''],
      ['nothing_task_run_info_only.csv', ''],
    ]),
  )
  expect(await runExport(project.id, { type: 'task_run', format: 'json' })).toEqual(
    new Map([['nothing_task_run.json', '[]']]),
  )
})

it('leaves out the rows of other projects', async () => {
  const mine = await makeProject('mine', 2)
  await makeProject('theirs', 2)

  const members = await runExport(mine.project.id, { type: 'task', format: 'json' })

  const exported: Array<{ id: number }> = JSON.parse(members.get('mine_task.json') ?? '')
  expect(exported.map(({ id }) => id)).toEqual(mine.tasks.map(({ id }) => id))
})

it('ends a page early where rows are large', async () => {
  const { project, tasks } = await makeProject('maps', 60, 1)
  await platform.ctx.db.primary.execute(sql`
    update tasks set info = jsonb_build_object('shape', (
      select string_agg(md5(i::text || tasks.id), '') from generate_series(1, 3000) i))
    where project_id = ${project.id}`)

  const members = await runExport(project.id, { type: 'task', format: 'json' })

  const exported: Array<{ id: number; info: { shape: string } }> = JSON.parse(
    members.get('maps_task.json') ?? '',
  )
  expect(exported.map(({ id }) => id)).toEqual(tasks.map(({ id }) => id))
  expect(exported.every(({ info }) => info.shape.length === 96_000)).toBe(true)
})
