import type { ProjectRow } from '@manyhands/shared/projects/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { listOverdueProjects } from '@manyhands/shared/trash/repository'
import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform({ env: { TRASH_DAYS: '30' } })
let client: (key?: string) => ApiClient
let owner: ApiClient
let ownerId: number
let stranger: ApiClient
let admin: ApiClient
let project: ProjectRow

beforeAll(async () => {
  const app = createApp(platform.ctx)
  client = (key) =>
    new ApiClient((request) => app.fetch(request), key ? { authorization: key } : {})
  const [one, two, three] = [
    await platform.make.user(),
    await platform.make.user(),
    await platform.make.user({ admin: true }),
  ]
  owner = client(one.apiKey)
  ownerId = one.user.id
  stranger = client(two.apiKey)
  admin = client(three.apiKey)
})
beforeEach(async () => {
  project = await platform.make.project({ ownerId })
})

const here = () => `/api/projects/${project.shortName}`
const trash = async (who = owner) =>
  (await who.get('/api/projects?scope=trash')).body.items.map(
    ({ short_name }: { short_name: string }) => short_name,
  )
const withResult = async () => {
  const [task] = await platform.make.tasks(1, { project })
  await platform.ctx.db.primary.execute(
    sql`insert into results (project_id, task_id, task_run_ids) values (${project.id}, ${task?.id ?? 0}, '{}')`,
  )
  return task?.id
}
const age = (days: number) =>
  platform.ctx.db.primary.execute(
    sql`update projects set trashed = now() - ${days} * interval '1 day' where id = ${project.id}`,
  )

describe('a project in the trash', () => {
  it('is there for nobody, with all that belongs to it', async () => {
    const taskId = await withResult()
    expect((await owner.delete(here())).status).toBe(204)
    for (const who of [owner, admin, stranger, client()]) {
      for (const path of [
        here(),
        `/api/project/${project.id}`,
        `/api/task/${taskId}`,
        `/api/project/${project.id}/newtask`,
      ]) {
        expect([path, (await who.get(path)).status]).toEqual([path, 404])
      }
      expect((await who.get(`/api/project?all=1&id=${project.id}`)).body).toEqual([])
      expect((await who.get(`/api/task?all=1&project_id=${project.id}`)).body).toEqual([])
    }
  })

  it('is listed for its owners, with the day', async () => {
    await owner.delete(here())
    const { items } = (await owner.get('/api/projects?scope=trash')).body
    expect(items.at(0)).toMatchObject({
      short_name: project.shortName,
      trashed: expect.stringMatching(/^20/),
    })
    expect(await trash(stranger)).not.toContain(project.shortName)
    expect(await trash(client())).toEqual([])
    const mine = (await owner.get('/api/projects?scope=mine&limit=100')).body.items
    expect(mine.map(({ id }: { id: number }) => id)).not.toContain(project.id)
  })

  it('comes back as it was', async () => {
    const taskId = await withResult()
    await owner.delete(here())
    const { status, body } = await owner.post(`${here()}/restore`)
    expect([status, body.published]).toEqual([200, true])
    expect((await owner.get(`/api/task/${taskId}`)).status).toBe(200)
    expect(await trash()).not.toContain(project.shortName)
    const { items } = (await owner.get(`${here()}/audit-log?attribute=trashed`)).body
    expect(items.map((item: { new_value: string | null }) => item.new_value === null)).toEqual([
      true,
      false,
    ])
  })

  it('keeps its names, so that it can come back', async () => {
    await owner.delete(here())
    const { name, shortName: short_name } = project
    const again = await owner.post('/api/project', { name, short_name, description: 'again' })
    expect([again.status, again.body.exception_cls]).toEqual([415, 'DBIntegrityError'])
  })

  it('does not come back once its time is up', async () => {
    await owner.delete(here())
    await age(31)
    expect((await owner.post(`${here()}/restore`)).status).toBe(404)
    const overdue = await listOverdueProjects(platform.ctx.db.primary, 30, 100)
    expect(overdue.map(({ id }) => id)).toContain(project.id)
  })

  it('is not overdue before', async () => {
    await owner.delete(here())
    await age(29)
    const overdue = await listOverdueProjects(platform.ctx.db.primary, 30, 100)
    expect(overdue.map(({ id }) => id)).not.toContain(project.id)
  })

  it('is nobody else’s to throw away or to take back', async () => {
    expect((await client().delete(here())).status).toBe(401)
    expect((await stranger.delete(here())).status).toBe(403)
    await owner.delete(here())
    expect((await client().post(`${here()}/restore`)).status).toBe(401)
    expect((await stranger.post(`${here()}/restore`)).status).toBe(403)
    expect((await admin.post(`${here()}/restore`)).status).toBe(200)
    expect((await owner.post(`${here()}/restore`)).status).toBe(404)
  })
})

describe('deleting for good', () => {
  const purge = (confirm: string, who = owner) =>
    who.delete(`${here()}?purge=true&confirm=${confirm}`)

  it('wants the short name typed, and the project in the trash', async () => {
    expect((await purge(project.shortName)).status).toBe(415)
    await owner.delete(here())
    expect((await purge('something')).status).toBe(415)
    expect((await owner.delete(`${here()}?purge=true`)).status).toBe(415)
    expect((await purge(project.shortName, stranger)).status).toBe(403)
    expect((await purge(project.shortName)).status).toBe(204)
    expect((await purge(project.shortName)).status).toBe(404)
  })

  it('frees the names at once, and takes it out of the trash', async () => {
    await owner.delete(here())
    await purge(project.shortName)
    expect(await trash()).not.toContain(project.shortName)
    expect((await owner.post(`${here()}/restore`)).status).toBe(404)
    const { name, shortName: short_name } = project
    const again = await owner.post('/api/project', { name, short_name, description: 'again' })
    expect(again.status).toBe(200)
  })

  it('leaves its line in the audit log', async () => {
    await owner.delete(here())
    await purge(project.shortName)
    const { items } = (await admin.get(`/api/audit-log?project_id=${project.id}`)).body
    expect(items[0]).toMatchObject({
      action: 'delete',
      attribute: 'project',
      old_value: project.name,
      project_short_name: project.shortName,
      user_id: ownerId,
    })
  })
})
