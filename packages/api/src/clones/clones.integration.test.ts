import { selectRows } from '@manyhands/shared/db/raw'
import { updateProject } from '@manyhands/shared/projects/repository'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { counterDrift, NO_DRIFT } from '@manyhands/shared/testing/recount'
import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'
import { form, picture } from '../uploads/uploads.fixture.ts'

const platform = useTestPlatform()
let client: (key?: string) => ApiClient
let owner: ApiClient
let ownerId: number
let stranger: ApiClient
let project: ProjectRow
let counter = 0

beforeAll(async () => {
  const app = createApp(platform.ctx)
  client = (key) =>
    new ApiClient((request) => app.fetch(request), key ? { authorization: key } : {})
  const [one, two] = [await platform.make.user(), await platform.make.user()]
  owner = client(one.apiKey)
  ownerId = one.user.id
  stranger = client(two.apiKey)
})

beforeEach(async () => {
  const made = await platform.make.project({ ownerId })
  await platform.make.tasks(3, { project: made, redundancy: 1 })
  const changed = await updateProject(platform.ctx.db.primary, made.id, {
    info: { task_presenter: '<p>', sched: 'breadth_first', mine: [1] },
    longDescription: '# long',
    zipDownload: false,
    featured: true,
    webhook: 'https://1.1.1.1/hook',
    webhookSecretSealed: 'sealed',
    passwordHash: 'hashed',
    testersIds: [1, 2],
    pendingOwnerLogin: 'somebody',
  })
  if (!changed) throw new Error('no project')
  project = changed
  await platform.ctx.db.primary.execute(sql`
    insert into pages (project_id, slug, info) values (${project.id}, 'about', '{"structure":["a"]}')`)
  await platform.ctx.db.primary.execute(sql`
    insert into helping_materials (project_id, info, priority) values (${project.id}, '{"h":1}', 2)`)
  const task = (await owner.get(`/api/project/${project.id}/newtask`)).body
  await owner.post('/api/taskrun', { project_id: project.id, task_id: task.id, info: 1 })
})

const clone = (fields: Record<string, unknown> = {}, who = owner) => {
  const name = `clone-${++counter}`
  return who.post(`/api/projects/${project.shortName}/clone`, { name, short_name: name, ...fields })
}
const stored = async (id: number) => {
  const [row] = await selectRows<Record<string, unknown>>(
    platform.ctx.db.primary,
    sql`select * from projects where id = ${id}`,
  )
  return row
}

describe('a clone', () => {
  it('is a draft with the settings, presenter, pages and helping materials', async () => {
    const { status, body } = await clone()
    expect([status, body.published, body.featured]).toEqual([200, false, false])
    expect((await owner.get(`/api/project/${body.id}`)).body).toMatchObject({
      info: project.info,
      long_description: '# long',
      zip_download: false,
      category_id: project.categoryId,
      owners_ids: [ownerId],
    })
    for (const table of ['pages', 'helping_materials']) {
      const rows = await selectRows<{ info: string }>(
        platform.ctx.db.primary,
        sql`select info from ${sql.identifier(table)} where project_id = ${body.id}`,
      )
      expect([table, rows]).toEqual([table, [expect.anything()]])
    }
    expect(body.progress).toMatchObject({ n_tasks: 0, n_task_runs: 0 })
  })

  it('has nothing that is secret or was given by others', async () => {
    const { body } = await clone({ tasks: true })
    const row = await stored(body.id)
    expect(row).toMatchObject({
      webhook: null,
      webhook_secret_sealed: null,
      password_hash: null,
      testers_ids: [],
      pending_owner_login: null,
    })
    expect(row?.secret_key).not.toBe(project.secretKey)
    expect((await owner.get(`/api/taskrun?project_id=${body.id}`)).body).toEqual([])
  })

  it('has the tasks too when asked for, all of them open', async () => {
    const { body } = await clone({ tasks: true })
    expect(body.progress).toMatchObject({ n_tasks: 3, n_completed_tasks: 0 })
    const tasks = (await owner.get(`/api/task?project_id=${body.id}`)).body
    expect(tasks.map((task: { info: unknown; state: string }) => [task.info, task.state])).toEqual([
      [{ n: 0 }, 'ongoing'],
      [{ n: 1 }, 'ongoing'],
      [{ n: 2 }, 'ongoing'],
    ])
    expect((await owner.get(`/api/project/${body.id}/newtask`)).body.info).toEqual({ n: 0 })
    expect(await counterDrift(platform.ctx, body.id)).toEqual(NO_DRIFT)
  })

  it('has files of its own, which stay when those of the original go', async () => {
    const material = await owner.post(
      '/api/helpingmaterial',
      form({ project_id: String(project.id), file: [await picture('png'), 'owl.png'] }),
    )
    const thumbnail = await owner.post(
      `/api/projects/${project.shortName}/thumbnail`,
      form({ file: [await picture('png'), 'me.png'] }),
    )
    const { body } = await clone()
    const materials = (await owner.get(`/api/helpingmaterial?project_id=${body.id}`)).body
    const copied = materials.find((each: { media_url: string | null }) => each.media_url)
    const { info } = (await owner.get(`/api/project/${body.id}`)).body
    expect(copied.media_url).toMatch(/-owl\.png$/)
    expect(copied.media_url.endsWith(`/${copied.info.container}/${copied.info.file_name}`)).toBe(
      true,
    )
    expect(info.thumbnail_url.endsWith(`/${info.container}/${info.thumbnail}`)).toBe(true)
    expect([copied.media_url, info.thumbnail_url]).not.toContain(material.body.media_url)
    expect(info.thumbnail_url).not.toBe(thumbnail.body.thumbnail_url)

    await owner.delete(`/api/helpingmaterial/${material.body.id}`)
    await owner.delete(`/api/projects/${project.shortName}/thumbnail`)
    const status = async (url: string) => (await client().get(new URL(url).pathname)).status
    expect(await status(material.body.media_url)).toBe(404)
    expect([await status(copied.media_url), await status(info.thumbnail_url)]).toEqual([200, 200])
    const known = await selectRows(
      platform.ctx.db.primary,
      sql`select kind from uploads where project_id = ${body.id} and object_id is not null order by kind`,
    )
    expect(known).toEqual([{ kind: 'helpingmaterial' }, { kind: 'thumbnail' }])
  })

  it('says in its audit log where it comes from', async () => {
    const { body } = await clone()
    const { items } = (await owner.get(`/api/projects/${body.short_name}/audit-log`)).body
    expect(items).toMatchObject([
      { action: 'create', old_value: `clone of ${project.shortName}`, user_id: ownerId },
    ])
  })

  it('needs names of its own', async () => {
    for (const taken of [{ name: project.name }, { short_name: project.shortName }]) {
      const { status, body } = await clone(taken)
      expect([status, body.exception_cls]).toEqual([415, 'DBIntegrityError'])
    }
    expect((await clone({ short_name: 'new' })).status).toBe(415)
  })

  it('is for owners only', async () => {
    expect((await clone({}, client())).status).toBe(401)
    expect((await clone({}, stranger)).status).toBe(403)
  })
})
