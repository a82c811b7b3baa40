import { Result } from '@manyhands/shared/results/contract'
import { Session } from '@manyhands/shared/sessions/contract'
import { TaskRun } from '@manyhands/shared/task-runs/contract'
import { NewTask, Task } from '@manyhands/shared/tasks/contract'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { createAccount } from '../../support/accounts.ts'
import { ApiClient } from '../../support/api-client.ts'
import { eventually } from '../../support/eventually.ts'
import { exportFiles, type Row, rowsOf } from '../../support/exports.ts'
import { publishSurvey } from '../../support/survey.ts'

const TEXTS = ['A heron stands in the reeds.', 'The tide is out.', 'Two "gulls", one crab; née Ørn']
const REDUNDANCY = 2

interface Given {
  runId: number
  taskId: number
  answer: string
}

test('a script walks from the first task to the exported answers', async () => {
  const account = await createAccount('walker')
  const owner = new ApiClient(account.api_key)
  const survey = await publishSurvey(owner, 'fetch-walk', { texts: TEXTS, redundancy: REDUNDANCY })

  const given = await test.step('two volunteers without account answer all there is', async () => {
    const volunteers = [await arrive(), await arrive()]
    const given: Given[] = []
    // They take turns, as people do, until nothing is left for either.
    for (let anyLeft = true; anyLeft; ) {
      const answers = [
        await answerNext(volunteers[0], survey.id, 'yes'),
        await answerNext(volunteers[1], survey.id, 'no'),
      ]
      given.push(...answers.flatMap((answer) => answer ?? []))
      anyLeft = answers.some((answer) => answer !== undefined)
    }
    expect(given).toHaveLength(TEXTS.length * REDUNDANCY)
    return given
  })

  await test.step('every task is completed and has its result', async () => {
    const path = `/api/task?project_id=${survey.id}`
    const tasks = await new ApiClient().get(path, z.array(Task))
    expect(tasks.map(({ state }) => state)).toEqual(TEXTS.map(() => 'completed'))
    const results = await eventually('the results', async () => {
      const found = await new ApiClient().get(
        `/api/result?project_id=${survey.id}`,
        z.array(Result),
      )
      return found.length === TEXTS.length ? found : undefined
    })
    for (const { task_id, task_run_ids } of results) {
      const runs = given.filter(({ taskId }) => taskId === task_id).map(({ runId }) => runId)
      expect(task_run_ids.toSorted(byNumber)).toEqual(runs.toSorted(byNumber))
    }
  })

  await test.step('the exports contain exactly these answers', async () => {
    const csv = await exportFiles(owner, survey.shortName, { type: 'task_run', format: 'csv' })
    expect(given.toSorted(byRun)).toEqual(rowsOf(csv).map(fromCsv).toSorted(byRun))
    const json = await exportFiles(owner, survey.shortName, { type: 'task_run', format: 'json' })
    expect(given.toSorted(byRun)).toEqual(rowsOf(json).map(fromJson).toSorted(byRun))
  })

  await test.step('the exported tasks are those that were imported', async () => {
    const json = await exportFiles(owner, survey.shortName, { type: 'task', format: 'json' })
    expect(rowsOf(json).map(({ info }) => Reflect.get(Object(info), 'text'))).toEqual(TEXTS)
    const csv = await exportFiles(owner, survey.shortName, { type: 'task', format: 'csv' })
    expect(rowsOf(csv).map(({ info_text }) => info_text)).toEqual(TEXTS)
  })
})

/** A volunteer with an identity of their own, as a browser gets it. */
async function arrive(): Promise<ApiClient> {
  const volunteer = new ApiClient()
  expect(await volunteer.get('/api/session', Session)).toEqual({ user: null })
  return volunteer
}

async function answerNext(
  volunteer: ApiClient | undefined,
  projectId: number,
  answer: string,
): Promise<Given | undefined> {
  if (!volunteer) throw new Error('nobody is there')
  const task = Task.safeParse(await volunteer.get(`/api/project/${projectId}/newtask`, NewTask))
  if (!task.success) return undefined
  const run = { project_id: projectId, task_id: task.data.id, info: { answer } }
  const stored = await volunteer.post('/api/taskrun', run, TaskRun)
  expect(stored).toMatchObject({ task_id: task.data.id, user_id: null, info: { answer } })
  return { runId: stored.id, taskId: stored.task_id, answer }
}

function fromCsv(row: Row): Given {
  return { runId: Number(row.id), taskId: Number(row.task_id), answer: String(row.info_answer) }
}

function fromJson(row: Row): Given {
  const answer = String(Reflect.get(Object(row.info), 'answer'))
  return { runId: Number(row.id), taskId: Number(row.task_id), answer }
}

const byNumber = (a: number, b: number) => a - b
const byRun = (a: Given, b: Given) => a.runId - b.runId
