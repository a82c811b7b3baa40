import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { JSDOM } from 'jsdom'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createAccount } from '../support/accounts.ts'
import { ApiClient } from '../support/api-client.ts'
import { eventually } from '../support/eventually.ts'
import { endpoint } from './account.ts'

const Row = z.record(z.string(), z.any())
const JQUERY = readFileSync(createRequire(import.meta.url).resolve('jquery/dist/jquery.js'), 'utf8')

/** A presenter as owners write them: prepares each task, shows it, waits for a click, saves, goes on. */
const PRESENTER = `
  pybossa.taskLoaded(function (task, deferred) {
    seen.loaded.push(task.id)
    if ($.isEmptyObject(task)) return deferred.resolve(task)
    $('<img>').attr('data-url', task.info.url)
    deferred.resolve(task)
  })
  pybossa.presentTask(function (task, deferred) {
    if ($.isEmptyObject(task)) { seen.finished = true; return }
    seen.shown.push(task.id)
    $('#question').text(task.info.question)
    $('.answer').off('click').on('click', function (event) {
      var answer = $(event.target).attr('value')
      pybossa.saveTask(task.id, answer).done(function (run) {
        seen.saved.push(run)
        deferred.resolve()
      })
    })
  })
  pybossa.run('faces')
`

let owner: ApiClient
let projectId: number
let library: string

interface Seen {
  loaded: number[]
  shown: number[]
  saved: { task_id: number; info: unknown }[]
  finished?: true
}

/** A browser's page of the platform, loaded with its cookies, with what presenters find in it. */
async function openPage(path: string) {
  const { window } = await JSDOM.fromURL(endpoint() + path, { runScripts: 'outside-only' })
  window.document.body.innerHTML = `<p id="question"></p>
    <button class="answer" value="Yes"></button><button class="answer" value="No"></button>`
  const seen: Seen = { loaded: [], shown: [], saved: [] }
  Object.assign(window, { seen })
  window.eval(`${JQUERY};${library}`)
  const isAsked = (question: string) =>
    eventually(question, async () =>
      window.document.getElementById('question')?.textContent === question ? true : undefined,
    )
  return { window, seen, isAsked, run: (script: string) => window.eval(script) as unknown }
}

beforeAll(async () => {
  const account = await createAccount('faces-owner')
  owner = new ApiClient(account.api_key)
  const input = {
    name: 'Faces',
    short_name: 'faces',
    description: 'Do you see a face?',
    info: { task_presenter: PRESENTER },
  }
  projectId = (await owner.post('/api/project', input, Row)).id
  for (let n = 1; n <= 3; n++) {
    const info = { question: `Face ${n}?`, url: `https://example.org/${n}.png` }
    await owner.post('/api/task', { project_id: projectId, info, n_answers: 2 }, Row)
  }
  await owner.post('/api/projects/faces/publish', {}, Row)
  library = await (await fetch(`${endpoint()}/static/js/pybossa/pybossa.js`)).text()
})

describe('a presenter that speaks pybossa.js', () => {
  it('goes through all tasks, one prepared ahead, and ends', async () => {
    const { window, seen, isAsked, run } = await openPage('/project/faces/newtask')
    run(PRESENTER)
    for (const [at, answer] of ['Yes', 'No', 'Yes'].entries()) {
      await isAsked(`Face ${at + 1}?`)
      expect(window.location.pathname).toBe(`/project/faces/task/${seen.shown[at]}`)
      // The next one is there before this one is answered.
      await eventually('the next task', async () => seen.loaded.length > at + 1 || undefined)
      run(`$('.answer[value=${answer}]').click()`)
      await eventually('the answer', async () => seen.saved.length === at + 1 || undefined)
    }
    await eventually('the end', async () => seen.finished)
    expect(seen.saved.map(({ info }) => info)).toEqual(['Yes', 'No', 'Yes'])

    // All by one anonymous volunteer, who the browser's cookie is.
    const runs = await owner.get(`/api/taskrun?project_id=${projectId}`, z.array(Row))
    expect(runs.map((stored) => stored.user_id)).toEqual([null, null, null])
    run(`pybossa.userProgress('faces').done(function (p) { seen.progress = p })`)
    await eventually('the progress', async () => 'progress' in seen || undefined)
    expect(seen).toMatchObject({ progress: { done: 3, total: 3 } })
    window.close()
  })

  it('begins with the task in the address, which its page has asked for', async () => {
    const [, second] = await owner.get(`/api/task?project_id=${projectId}`, z.array(Row))
    const { window, seen, isAsked, run } = await openPage(`/project/faces/task/${second?.id}`)
    run(PRESENTER)
    await isAsked('Face 2?')
    run(`$('.answer[value=Yes]').click()`)
    await eventually('the answer', async () => seen.saved.length === 1 || undefined)
    expect(seen.saved[0]).toMatchObject({ task_id: second?.id, info: 'Yes' })
    window.close()
  })

  it('sends pictures as a form', async () => {
    const volunteer = new ApiClient()
    await volunteer.send('GET', '/api/session')
    const task = await volunteer.get(`/api/project/${projectId}/newtask`, Row)
    const form = new FormData()
    form.set('project_id', String(projectId))
    form.set('task_id', String(task.id))
    form.set('info', JSON.stringify({ note: 'seen' }))
    form.set('file', new Blob([readFileSync(new URL('picture.png', import.meta.url))]), 'blob')
    const run = await volunteer.send('POST', '/api/taskrun', form)
    expect(run.status).toBe(200)
    const stored = Row.parse(await run.json())
    expect(stored.info).toMatchObject({ note: 'seen', container: 'anonymous' })
    expect((await fetch(stored.media_url)).status).toBe(200)
  })
})
