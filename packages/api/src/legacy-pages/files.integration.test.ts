import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { selectRows } from '@manyhands/shared/db/raw'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
let worker: ReturnType<typeof spawn>
beforeAll(() => {
  app = createApp(platform.ctx)
  const program = fileURLToPath(new URL('../../../worker/src/main.ts', import.meta.url))
  worker = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, ...platform.env },
    stdio: 'ignore',
  })
})
afterAll(async () => {
  const exit = once(worker, 'exit')
  worker.kill('SIGTERM')
  await exit
})

const client = (headers: Record<string, string> = {}) =>
  new ApiClient((request) => app.fetch(request), headers)
const download = async (path: string, headers: Record<string, string> = {}) => {
  const response = await app.fetch(new Request(`http://localhost:3000${path}`, { headers }))
  return { response, bytes: Buffer.from(await response.arrayBuffer()) }
}
const exportsOf = (projectId: number) =>
  selectRows<{ id: string }>(
    platform.ctx.db.primary,
    sql`select id from exports where project_id = ${projectId}`,
  )

async function openProject(fields: Record<string, unknown> = {}) {
  const { user, apiKey } = await platform.make.user()
  const project = await platform.make.project({ ownerId: user.id, ...fields })
  const tasks = await platform.make.tasks(3, { project, redundancy: 2 })
  return { apiKey, project, tasks, page: `/project/${project.shortName}` }
}

describe('the export of a project', () => {
  it.each([
    ['task', 'json', ['_task.json']],
    ['task', 'csv', ['_task.csv', '_task_info_only.csv']],
    ['task_run', 'json', ['_task_run.json']],
    ['result', 'csv', ['_result.csv']],
  ])('of %s as %s is a ZIP with the names of the original', async (type, format, members) => {
    const { project, page } = await openProject()
    const { response, bytes } = await download(`${page}/tasks/export?type=${type}&format=${format}`)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/zip',
    ])
    expect(response.headers.get('content-disposition')).toContain(
      `${project.id}_${project.shortName}_${type}_${format}.zip`,
    )
    expect(bytes.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04')
    for (const member of members) expect(bytes.includes(`${project.shortName}${member}`)).toBe(true)
  })

  it('that is fresh is sent again; after a change a new one is made', async () => {
    const { apiKey, project, page } = await openProject()
    const path = `${page}/tasks/export?type=task&format=json`
    // Rows younger than a statement may take make no export fresh: let these be older.
    await platform.ctx.db.primary.execute(
      `update tasks set created = now() - interval '1 minute' where project_id = ${project.id}`,
    )
    await platform.ctx.db.primary.execute(
      `update projects set updated = now() - interval '1 minute' where id = ${project.id}`,
    )
    const [first, second] = [await download(path), await download(path)]
    expect(second.bytes.equals(first.bytes)).toBe(true)
    expect(await exportsOf(project.id)).toHaveLength(1)
    await client({ authorization: apiKey }).post('/api/task', { project_id: project.id, info: 1 })
    const third = await download(path)
    expect(third.bytes.equals(first.bytes)).toBe(false)
    expect(await exportsOf(project.id)).toHaveLength(2)
  })

  it.each([
    ['type=task', 404, 'NotFound'],
    ['format=csv', 404, 'NotFound'],
    ['type=user&format=csv', 404, 'NotFound'],
    ['type=task&format=xml', 415, 'ValueError'],
  ])('%s is refused', async (query, status, exception) => {
    const { page } = await openProject()
    const refused = await client().get(`${page}/tasks/export?${query}`)
    expect([refused.status, refused.body.exception_cls]).toEqual([status, exception])
  })

  it.each([
    ['its owner wants it so', { zipDownload: false }],
    ['it is a draft', { published: false }],
    ['it has a password', { passwordHash: 'x' }],
  ])('is for owners, by key, when %s', async (_why, fields) => {
    const { apiKey, page } = await openProject(fields)
    const path = `${page}/tasks/export?type=task&format=json`
    const other = (await platform.make.user()).apiKey
    expect((await client().get(path)).status).toBe(401)
    expect((await client({ authorization: other }).get(path)).status).toBe(403)
    expect((await download(`${path}&api_key=${apiKey}`)).response.status).toBe(200)
    expect((await download(path, { authorization: apiKey })).response.status).toBe(200)
  })
})

describe('results.json', () => {
  it('lists all answers to one task', async () => {
    const { project, tasks, page } = await openProject()
    for (const info of ['a', 'b']) {
      const caller = client({ authorization: (await platform.make.user()).apiKey })
      await caller.get(`/api/project/${project.id}/newtask`)
      await caller.post('/api/taskrun', { project_id: project.id, task_id: tasks[0]?.id, info })
    }
    const { status, body } = await client().get(`${page}/${tasks[0]?.id}/results.json`)
    expect([status, body.map((run: { info: unknown }) => run.info)]).toEqual([200, ['a', 'b']])
    expect((await client().get(`${page}/${tasks[1]?.id}/results.json`)).body).toEqual([])
  })

  it('is none of a task of another project, nor of one that is closed', async () => {
    const [one, other] = [await openProject(), await openProject({ published: false })]
    expect((await client().get(`${one.page}/${other.tasks[0]?.id}/results.json`)).status).toBe(404)
    const path = `${other.page}/${other.tasks[0]?.id}/results.json`
    expect((await client().get(path)).status).toBe(401)
    expect((await client({ authorization: other.apiKey }).get(path)).body).toEqual([])
  })
})
