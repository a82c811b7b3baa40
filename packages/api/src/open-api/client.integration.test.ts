import { ApiError } from '@manyhands/shared/client/api-errors'
import { createClient } from '@manyhands/shared/client/client'
import { KINDS } from '@manyhands/shared/client/kinds'
import type { Kind } from '@manyhands/shared/client/objects'
import type { Anything } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let document: Anything
let connect: (apiKey?: string) => ReturnType<typeof createClient>
beforeAll(async () => {
  const app = createApp(platform.ctx)
  const send: typeof fetch = async (input, init) => app.fetch(new Request(input, init))
  connect = (apiKey) =>
    createClient({ url: 'http://localhost:3000/', fetch: send, ...(apiKey && { apiKey }) })
  document = await (await send('http://localhost:3000/api/openapi.json')).json()
})

const own = async () => connect((await platform.make.user()).apiKey)

describe('the client for scripts', () => {
  it('makes a project with tasks, has them answered and reads the answers', async () => {
    const owner = await own()
    const project = await owner.projects.create({
      name: 'Owls',
      short_name: 'owls',
      description: 'Is it an owl?',
    })
    const task = await owner.tasks.create({ project_id: project.id, info: { n: 1 }, n_answers: 1 })

    const [given] = await owner.nextTasks('owls')
    expect(given?.id).toBe(task.id)
    const run = { project_id: project.id, task_id: task.id, info: { answer: 'yes' } }
    const stored = await owner.submitTaskRun(run, { idempotencyKey: 'once' })
    expect(await owner.submitTaskRun(run, { idempotencyKey: 'once' })).toEqual(stored)
    expect(await owner.nextTasks(project.id)).toEqual([])
    expect(await owner.userProgress('owls')).toEqual({ done: 1, total: 1 })
    expect(await owner.taskRuns.list({ task_id: task.id })).toMatchObject([{ id: stored.id }])

    await owner.projects.change(project.id, { description: 'Is it an owl, really?' })
    expect(await owner.projects.get(project.id)).toMatchObject({
      description: 'Is it an owl, really?',
    })
  })

  it('goes through all objects of a list, page by page', async () => {
    const { user, apiKey } = await platform.make.user()
    const project = await platform.make.project({ ownerId: user.id })
    const tasks = await platform.make.tasks(230, { project })
    const found: number[] = []
    for await (const { id } of connect(apiKey).tasks.each({ project_id: project.id }))
      found.push(id)
    expect(found).toEqual(tasks.map(({ id }) => id))
  })

  it('lists what belongs to others only when asked to', async () => {
    const { id } = await platform.make.project()
    const stranger = await own()
    expect(await stranger.projects.list({ id })).toEqual([])
    expect(await stranger.projects.list({ id, all: true })).toHaveLength(1)
  })

  it('says what was refused, and which field was wrong', async () => {
    const owner = await own()
    const project = await owner.projects.create({
      name: 'Gulls',
      short_name: 'gulls',
      description: 'Gulls',
    })
    const wrong = owner.tasks.create({ project_id: project.id, n_answers: 0 })
    await expect(wrong).rejects.toMatchObject({ status: 415, issues: [{ field: 'n_answers' }] })
    await expect(connect().projects.remove(project.id)).rejects.toBeInstanceOf(ApiError)
    await owner.projects.remove(project.id)
    await expect(owner.projects.get(project.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('tells a volunteer without account where one is needed', async () => {
    const project = await platform.make.project({ allowAnonymousContributors: false })
    await platform.make.tasks(1, { project })
    await expect(connect().nextTasks(project.id)).rejects.toMatchObject({
      code: 'anonymous_not_allowed',
    })
  })

  it.each(Object.entries<Kind>(KINDS))('has the contracts of %s from the API', (_, kind) => {
    const { paths } = document
    const list = paths[`/api/${kind.name}`]
    const one = paths[`/api/${kind.name}/{id}`]
    expect(answerOf(list.get).items).toEqual(referenceTo(kind.item))
    expect(answerOf(one.get)).toEqual(referenceTo(kind.item))
    if (kind.input) expect(bodiesOf(list.post)).toContainEqual(referenceTo(kind.input))
    if (kind.change) expect(bodiesOf(one.put)).toContainEqual(referenceTo(kind.change))
    expect(responsesOf(one.delete)).toEqual(kind.isRemovable ? ['204'] : [])
  })
})

const answerOf = (operation: Anything) =>
  operation.responses[200].content['application/json'].schema

/** The JSON body, or each of several that are taken. */
function bodiesOf(operation: Anything): Anything[] {
  const { schema } = operation.requestBody.content['application/json']
  return schema.anyOf ?? [schema]
}

function referenceTo(contract: z.ZodType) {
  return { $ref: `#/components/schemas/${contract.meta()?.id}` }
}

/** With which statuses a request may succeed. */
const responsesOf = (operation: Anything) =>
  Object.keys(operation?.responses ?? {}).filter((status) => status < '400')
