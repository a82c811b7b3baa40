import { selectRows } from '@manyhands/shared/db/raw'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'
import { form, knownUploads, picture, storedFiles } from '../uploads/uploads.fixture.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
let project: ProjectRow
let file: [Uint8Array, string]
beforeAll(async () => {
  app = createApp(platform.ctx)
  project = await platform.make.project()
  file = [await picture('png'), 'owl.png']
})
afterEach(async () => {
  for (const key of await storedFiles(platform)) await platform.ctx.storage.remove(key)
})

const account = async () => {
  const { apiKey } = await platform.make.user()
  return new ApiClient((request) => app.fetch(request), { authorization: apiKey })
}
const browser = () => new ApiClient((request) => app.fetch(request))
const runs = () => selectRows(platform.ctx.db.primary, sql`select id from task_runs`)
/** A volunteer who was given a task, and the ids as a form has them. */
async function withTask(client = browser()) {
  await platform.make.tasks(1, { project, redundancy: 3 })
  const task = (await client.get(`/api/project/${project.id}/newtask`)).body
  const ids = { project_id: String(task.project_id), task_id: String(task.id) }
  return {
    client,
    ids,
    submit: (parts: Parameters<typeof form>[0]) =>
      client.post('/api/taskrun', form({ ...ids, ...parts })),
  }
}

describe('an answer with a file', () => {
  it('of nobody in particular is stored with its address, in the anonymous container', async () => {
    const { submit, ids } = await withTask()
    const { status, body } = await submit({ info: '{"label":"owl"}', file: [file[0], 'blob'] })

    expect(status).toBe(200)
    expect(body).toMatchObject({
      task_id: Number(ids.task_id),
      user_id: null,
      info: { label: 'owl', container: 'anonymous' },
    })
    expect(body.info.file_name).toMatch(/^[0-9a-f]{32}-\d{10}\.png$/)
    expect(body.media_url).toBe(`http://localhost:3000/uploads/anonymous/${body.info.file_name}`)
    const shown = await app.request(new URL(body.media_url).pathname)
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(Buffer.from(file[0]))
    const [row] = (await knownUploads(platform)).slice(-1)
    expect(row).toEqual({ key: `anonymous/${body.info.file_name}`, object_id: body.id })
  })

  it('of an account lies in the container of the account', async () => {
    const { user, apiKey } = await platform.make.user()
    const { submit } = await withTask(
      new ApiClient((request) => app.fetch(request), { authorization: apiKey }),
    )
    const { body } = await submit({ file })
    expect(body.info).toEqual({ container: `user_${user.id}`, file_name: body.info.file_name })
  })

  it('sent again, also at the same time, is one answer with one file', async () => {
    const { submit } = await withTask()
    const send = () => submit({ info: '{"a":1}', file })
    const receipts = await Promise.all([send(), send(), send()])
    receipts.push(await send())

    expect(receipts.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(new Set(receipts.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    const { container, file_name } = receipts[0]?.body.info ?? {}
    expect(await storedFiles(platform)).toEqual([`${container}/${file_name}`])
  })

  it('that is another file is a second answer: refused, and the first file stays', async () => {
    const { submit } = await withTask()
    const first = await submit({ file })
    const second = await submit({ file: [await picture('png', 9, 9), 'owl.png'] })

    expect(second).toMatchObject({ status: 403, body: { exception_cls: 'Forbidden' } })
    expect(await storedFiles(platform)).toEqual([`anonymous/${first.body.info.file_name}`])
  })

  it.each([
    ['who never asked for the task', {}, 403, 'You must request a task first!'],
    ['for a task that there is not', { task_id: '999999' }, 403, 'Invalid task_id'],
    ['for another project', { project_id: '999999' }, 403, 'Invalid project_id'],
    ['without a task', { task_id: undefined }, 403, 'Invalid task_id'],
  ])('of somebody %s is refused, and no file stays', async (_what, changes, status, message) => {
    const { ids } = await withTask()
    const parts = Object.entries({ ...ids, ...changes }).filter(([, value]) => value !== undefined)
    for (const all of [
      [...parts, ['file', file]],
      [['file', file], ...parts],
    ]) {
      const refused = await (await account()).post('/api/taskrun', form(Object.fromEntries(all)))
      expect(refused).toMatchObject({ status, body: { exception_msg: message, target: 'taskrun' } })
    }
    expect(await storedFiles(platform)).toEqual([])
  })

  it.each([
    ['a reserved field', { id: '5' }, 400, 'BadRequest'],
    ['a field that there is not', { colour: 'red' }, 415, 'TypeError'],
    ['a value of the wrong type', { timeout: '1.5' }, 415, 'DataError'],
    ['ids that are no numbers', { task_id: 'one' }, 415, 'ValueError'],
    ['info that is no JSON', { info: '{' }, 415, 'ValueError'],
  ])(
    'with %s is refused, the file is taken away, and the task can still be answered',
    async (_what, extra, status, exception) => {
      const { submit } = await withTask()
      const before = await runs()
      expect(await submit({ ...extra, file })).toMatchObject({
        status,
        body: { exception_cls: exception },
      })
      expect(await storedFiles(platform)).toEqual([])
      expect(await runs()).toEqual(before)
      expect((await submit({ file })).status).toBe(200)
    },
  )

  it('without its file is refused as AttributeError', async () => {
    const { submit } = await withTask()
    expect(await submit({ info: '{}' })).toMatchObject({
      status: 415,
      body: { exception_cls: 'AttributeError' },
    })
  })

  it('takes its file with it when it is taken back, and no file that it only names', async () => {
    const client = await account()
    const { submit } = await withTask(client)
    const other = (await (await withTask()).submit({ file })).body
    const { body } = await submit({ file })
    await client.put(`/api/taskrun/${body.id}`, { info: other.info, media_url: other.media_url })
    expect((await client.delete(`/api/taskrun/${body.id}`)).status).toBe(204)
    expect(await storedFiles(platform)).toEqual([`anonymous/${other.info.file_name}`])
  })

  it('can be followed by none that says the same as JSON', async () => {
    const { client, ids, submit } = await withTask()
    const { body } = await submit({ file })
    const again = await client.post('/api/taskrun', {
      project_id: Number(ids.project_id),
      task_id: Number(ids.task_id),
      info: { something: 'else' },
      media_url: body.media_url,
    })
    expect(again.status).toBe(403)
  })
})

describe('a form', () => {
  it('is refused unread where no file is taken', async () => {
    expect(await (await account()).post('/api/project', form({ name: 'x', file }))).toMatchObject({
      status: 415,
      body: { exception_cls: 'ValueError' },
    })
  })
})
