import { cp, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createAccount } from '../support/accounts.ts'
import { ApiClient } from '../support/api-client.ts'
import { endpoint } from './account.ts'
import { pbs } from './python.ts'

const Rows = z.array(z.record(z.string(), z.any()))

let folder: string
let owner: ApiClient
let key: string

const run = (...args: string[]) => pbs(folder, ['--server', endpoint(), '--api-key', key, ...args])
const rows = (path: string) => owner.get(`/api/${path}`, Rows)
const project = async () => (await rows('project?short_name=birdsong'))[0] ?? {}
const tasks = async () => rows(`task?project_id=${(await project()).id}&limit=100`)

/** In the order in which somebody would type them. */
describe('pbs', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'manyhands-pbs-'))
    const account = await createAccount('pbs-owner')
    key = account.api_key
    owner = new ApiClient(key)
    const files = {
      'project.json': JSON.stringify({
        name: 'Bird song',
        short_name: 'birdsong',
        description: 'Which bird sings?',
      }),
      'long_description.md': '# Listen\n\nand say what you hear',
      'template.html': '<div id="song"></div>',
      'bundle.js': 'console.log("loaded")',
      'results.html': '<p>results</p>',
      'tutorial.html': '<p>tutorial</p>',
      'tasks.csv':
        'song,place\nhttps://example.org/1.ogg,"Oslo, Norway"\nhttps://example.org/2.ogg,Lima\n',
      'tasks.json': JSON.stringify([{ info: { song: 'a' } }, { song: 'b', loud: true }]),
      'tasks.po': 'msgid ""\nmsgstr ""\n\nmsgid "bird"\nmsgstr ""\n',
      'tasks.properties': 'greeting=hello\n',
      'materials.csv': 'file_path,species\npicture.png,Parus major\n',
    }
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    await cp(new URL('picture.png', import.meta.url), join(folder, 'picture.png'))
  })

  it('creates a project, once', async () => {
    expect(await run('create-project')).toMatchObject({ code: 0 })
    expect(await project()).toMatchObject({ name: 'Bird song', published: false })

    const again = await run('create-project')
    expect(again.output).toContain('already exists')
  })

  it('updates its texts and presenter', async () => {
    expect(await run('update-project')).toMatchObject({ code: 0 })
    const { long_description, info } = await project()
    expect(long_description).toContain('# Listen')
    expect(info.task_presenter).toContain('<div id="song"></div>')
    expect(info.task_presenter).toContain('console.log("loaded")')
    expect(info).toMatchObject({ results: '<p>results</p>', tutorial: '<p>tutorial</p>' })
  })

  it.each([
    ['tasks.csv', 2, { song: 'https://example.org/1.ogg', place: 'Oslo, Norway' }],
    ['tasks.json', 2, { song: 'a' }],
    ['tasks.po', 1, { msgid: 'bird' }],
    ['tasks.properties', 1, { var_id: 'greeting', string: 'hello' }],
  ])('adds the tasks of %s', async (file, count, first) => {
    const before = (await tasks()).length
    const added = await run(
      'add-tasks',
      '--tasks-file',
      file,
      '--priority',
      '1',
      '--redundancy',
      '3',
    )
    expect(added).toMatchObject({
      code: 0,
      output: expect.stringContaining(`${count} tasks added`),
    })
    const after = await tasks()
    expect(after).toHaveLength(before + count)
    expect(after[before]).toMatchObject({ n_answers: 3, priority_0: 1 })
    expect(after[before]?.info).toMatchObject(first)
  })

  it('uploads helping materials', async () => {
    const added = await run('add-helpingmaterials', '--helping-materials-file', 'materials.csv')
    expect(added).toMatchObject({ code: 0, output: expect.stringContaining('1 helping materials') })
    const [material] = await rows(`helpingmaterial?project_id=${(await project()).id}`)
    expect(material?.info).toMatchObject({ species: 'Parus major' })
    const picture = await fetch(material?.media_url)
    expect(picture.headers.get('content-type')).toBe('image/png')
  })

  it('changes the redundancy of one task and of all', async () => {
    const [first, second] = await tasks()
    const one = await run(
      'update-task-redundancy',
      '--task-id',
      String(first?.id),
      '--redundancy',
      '7',
    )
    expect(one).toMatchObject({ code: 0 })
    expect((await tasks()).slice(0, 2).map((task) => task.n_answers)).toEqual([7, 3])

    const all = await run('update-task-redundancy', '--redundancy', '5')
    expect(all).toMatchObject({ code: 0 })
    expect(new Set((await tasks()).map((task) => task.n_answers))).toEqual(new Set([5]))

    // The option left out: `n_answers` is sent as null.
    await run('update-task-redundancy', '--task-id', String(second?.id))
    expect((await rows(`task?id=${second?.id}`))[0]?.n_answers).toBe(30)
  })

  it('says what is wrong', async () => {
    const wrongKey = await pbs(folder, [
      ...['--server', endpoint(), '--api-key', 'wrong'],
      ...['add-tasks', '--tasks-file', 'tasks.csv'],
    ])
    expect(wrongKey.output).toMatch(/project not found|not found/i)
    const gone = await run('delete-tasks', '--task-id', '99999999')
    expect(gone.output).toMatch(/task/i)
  })

  it('deletes one task and then all', async () => {
    const before = await tasks()
    expect(await run('delete-tasks', '--task-id', String(before[0]?.id))).toMatchObject({ code: 0 })
    expect(await tasks()).toHaveLength(before.length - 1)
    expect(await run('delete-tasks')).toMatchObject({ code: 0 })
    expect(await tasks()).toEqual([])
  })
})
