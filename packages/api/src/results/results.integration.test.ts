import { updateProject } from '@manyhands/shared/projects/repository'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { createResult } from '@manyhands/shared/results/repository'
import { findProjectStats } from '@manyhands/shared/stats/repository'
import { taskRuns } from '@manyhands/shared/task-runs/table'
import { tasks } from '@manyhands/shared/tasks/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { driftOf } from '@manyhands/shared/testing/counters'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()

type Who = 'anonymous' | 'stranger' | 'coOwner' | 'owner' | 'admin'
let clients: Record<Who, ApiClient>
let project: ProjectRow

beforeAll(async () => {
  const app = createApp(platform.ctx)
  const client = (key?: string) =>
    new ApiClient((request) => app.fetch(request), key ? { authorization: key } : {})
  const [owner, coOwner, stranger, admin] = [
    await platform.make.user(),
    await platform.make.user(),
    await platform.make.user(),
    await platform.make.user({ admin: true }),
  ]
  project = await platform.make.project({ ownerId: owner.user.id })
  await updateProject(platform.ctx.db.primary, project.id, {
    ownersIds: [owner.user.id, coOwner.user.id],
  })
  clients = {
    anonymous: client(),
    stranger: client(stranger.apiKey),
    coOwner: client(coOwner.apiKey),
    owner: client(owner.apiKey),
    admin: client(admin.apiKey),
  }
})

/** The result of a new task, from one answer. */
async function makeResult(): Promise<{ id: number; taskId: number }> {
  const { primary } = platform.ctx.db
  const [task] = await platform.make.tasks(1, { project })
  if (!task) throw new Error('no task')
  await primary.insert(taskRuns).values({
    projectId: project.id,
    taskId: task.id,
    finishTime: new Date().toISOString(),
    volunteerKey: 'browser:one',
    answerHash: 'hash',
  })
  await primary.update(tasks).set({ nTaskRuns: 1, state: 'completed' }).where(eq(tasks.id, task.id))
  return { id: (await createResult(primary, task.id)) ?? 0, taskId: task.id }
}

const nResults = async () =>
  (await findProjectStats(platform.ctx.db.primary, project.id))?.nResults ?? 0

describe('a result', () => {
  it('is made without info, read, and given what its answers add up to', async () => {
    const { id, taskId } = await makeResult()
    const read = (await clients.owner.get(`/api/result/${id}`)).body
    expect(read).toMatchObject({
      project_id: project.id,
      task_id: taskId,
      info: null,
      last_version: true,
      links: [
        `<link rel='parent' title='project' href='http://localhost:3000/api/project/${project.id}'/>`,
        `<link rel='parent' title='task' href='http://localhost:3000/api/task/${taskId}'/>`,
      ],
    })
    const { link, links, ...columns } = read
    for (const info of [{ animal: 'owl' }, 'owl', 3, ['owl'], false]) {
      const changed = await clients.owner.put(`/api/result/${id}`, { info, link, links })
      expect(changed.status).toBe(200)
      expect(changed.body).toEqual({ ...columns, info })
    }
    expect((await clients.anonymous.get(`/api/result?id=${id}`)).body).toHaveLength(1)
  })

  it('counts while it has info, as a recount would find', async () => {
    const { id } = await makeResult()
    const before = await nResults()
    for (const [info, by] of [
      [{ animal: 'owl' }, 1],
      ['owl', 1],
      [0, 1],
      ['', 0],
      [[], 1],
      [null, 0],
      [null, 0],
      [{}, 1],
    ] as const) {
      await clients.owner.put(`/api/result/${id}`, { info })
      expect([info, await nResults()]).toEqual([info, before + by])
      expect((await driftOf(platform.ctx, project.id)).results).toBe(0)
    }
    await clients.owner.put(`/api/result/${id}`, {})
    expect(await nResults()).toBe(before + 1)
  })

  it('counts no more when its task is deleted', async () => {
    const { id, taskId } = await makeResult()
    await clients.owner.put(`/api/result/${id}`, { info: 'owl' })
    const before = await nResults()
    expect((await clients.admin.delete(`/api/task/${taskId}`)).status).toBe(204)
    expect(await nResults()).toBe(before - 1)
    expect((await driftOf(platform.ctx, project.id)).results).toBe(0)
  })

  it.each([
    ['anonymous', 401],
    ['stranger', 403],
    ['coOwner', 200],
    ['owner', 200],
    ['admin', 200],
  ] as const)('is changed by %s: %i', async (who, status) => {
    const { id } = await makeResult()
    expect((await clients[who].put(`/api/result/${id}`, { info: who })).status).toBe(status)
  })

  it.each(['anonymous', 'stranger', 'owner', 'admin'] as const)(
    'is neither made nor deleted by %s',
    async (who) => {
      const { id } = await makeResult()
      const refusal = {
        status: who === 'anonymous' ? 401 : 403,
        body: {
          target: 'result',
          exception_cls: who === 'anonymous' ? 'Unauthorized' : 'Forbidden',
        },
      }
      expect(await clients[who].post('/api/result', { info: 1 })).toMatchObject(refusal)
      expect(await clients[who].delete(`/api/result/${id}`)).toMatchObject(refusal)
      expect((await clients[who].delete('/api/result/1000000')).status).toBe(404)
      expect((await clients.owner.get(`/api/result/${id}`)).status).toBe(200)
    },
  )

  it.each(['id', 'created', 'project_id', 'task_id', 'task_run_ids', 'last_version'])(
    'refuses the reserved key %s',
    async (key) => {
      const { id } = await makeResult()
      const read = (await clients.owner.get(`/api/result/${id}`)).body
      const refusal = {
        status: 400,
        body: { exception_cls: 'BadRequest', exception_msg: 'Reserved keys in payload' },
      }
      const change = { info: 1, [key]: read[key] }
      expect(await clients.owner.put(`/api/result/${id}`, change)).toMatchObject(refusal)
      expect(await clients.anonymous.post('/api/result', change)).toMatchObject(refusal)
      expect((await clients.owner.put(`/api/result/${id}`, { wrong: 1 })).status).toBe(415)
    },
  )
})
