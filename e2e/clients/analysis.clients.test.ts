import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Account, createAccount } from '../support/accounts.ts'
import { ApiClient } from '../support/api-client.ts'
import { eventually } from '../support/eventually.ts'
import { unzip } from '../support/unzip.ts'
import { createAdmin, endpoint } from './account.ts'
import { python } from './python.ts'

const Row = z.record(z.string(), z.any())
const PICTURES = dirname(fileURLToPath(new URL('picture.png', import.meta.url)))

let owner: Account
let projectId: number

/** Answers the first task that is offered, as somebody without an account. */
async function answerAs(volunteer: ApiClient, answer: string): Promise<void> {
  const task = await volunteer.get(`/api/project/${projectId}/newtask`, Row)
  const run = { project_id: projectId, task_id: task.id, info: { answer } }
  await volunteer.post('/api/taskrun', run, Row)
}

/** One project from its creation to its analysis. */
describe('the Python libraries', () => {
  it('make a project with tasks and helping materials (pybossa-client)', async () => {
    owner = await createAccount('library-owner')
    const admin = await createAdmin('library-admin')
    const made = await python(
      'pybossa_client_life.py',
      ...[endpoint(), owner.api_key, admin.api_key, PICTURES],
    )
    expect(made).toMatchObject({ code: 0, output: expect.stringMatching(/^project \d+/m) })
    projectId = Number(/^project (\d+)/m.exec(made.output)?.[1])
  })

  it('read answers, write results and keep what is relied on (pybossa-client)', async () => {
    const api = new ApiClient(owner.api_key)
    await api.put(`/api/project/${projectId}`, { info: { task_presenter: '<p></p>' } }, Row)
    const [first, ...others] = await api.get(`/api/task?project_id=${projectId}`, z.array(Row))
    await api.put(`/api/task/${first?.id}`, { n_answers: 2 }, Row)
    for (const task of others) await api.put(`/api/task/${task.id}`, { priority_0: 0.1 }, Row)
    await api.post('/api/projects/leaves/publish', {}, Row)

    await answerAs(new ApiClient(), 'oak')
    await answerAs(new ApiClient(), 'birch')
    await eventually('the result', async () => {
      const results = await api.get(`/api/result?project_id=${projectId}`, z.array(Row))
      return results.length > 0 ? results : undefined
    })
    const read = await python(
      'pybossa_client_answers.py',
      ...[endpoint(), owner.api_key, String(projectId)],
    )
    expect(read).toMatchObject({ code: 0, output: expect.stringMatching(/^ok$/m) })
  })

  it('read everything into data frames (enki)', async () => {
    const api = new ApiClient(owner.api_key)
    const [first] = await api.get(`/api/task?project_id=${projectId}`, z.array(Row))
    await api.put(`/api/task/${first?.id}`, { n_answers: 2 }, Row)

    const frames = await python('enki_frames.py', endpoint(), owner.api_key, 'leaves')
    expect(frames.output).toContain('{')
    const read = JSON.parse(frames.output.slice(frames.output.indexOf('{')))
    expect(read).toMatchObject({
      n_tasks: 1,
      states: ['completed'],
      n_task_runs: 2,
      answers: { [String(first?.id)]: ['birch', 'oak'] },
    })
    // The keys of `info` are columns beside the task's own fields.
    expect(read.columns).toEqual(expect.arrayContaining(['id', 'n_answers', 'url', 'n', 'state']))
  })

  it('read the exported files too (enki)', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'manyhands-enki-'))
    const files: string[] = []
    for (const type of ['task', 'task_run']) {
      const address = `/project/leaves/tasks/export?type=${type}&format=json`
      const archive = await new ApiClient(owner.api_key).send('GET', address)
      expect(archive.status).toBe(200)
      const [content] = (await unzip(Buffer.from(await archive.arrayBuffer()))).values()
      files.push(join(folder, `${type}.json`))
      await writeFile(join(folder, `${type}.json`), content ?? '')
    }
    const frames = await python('enki_frames.py', endpoint(), owner.api_key, 'leaves', ...files)
    const read = JSON.parse(frames.output.slice(frames.output.indexOf('{')))
    expect(read).toMatchObject({ n_task_runs: 2 })
  })
})
