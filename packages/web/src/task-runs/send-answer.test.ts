import { afterEach, expect, it, vi } from 'vitest'
import { anErrorBody, aTask, aTaskRun, fakeServer, jsonResponse } from '../../testing/fake-api.ts'
import { sendAnswer } from './send-answer.ts'

const answer = {
  key: 'key-1',
  run: { project_id: 1, task_id: 5, info: { answer: 'yes' } },
  accountId: null,
  givenAt: 0,
}
const leaseGone = () => jsonResponse(anErrorBody(403, 'You must request a task first!'), 403)

afterEach(() => vi.unstubAllGlobals())

it('sends the answer with its key', async () => {
  const sent = fakeServer(() => jsonResponse(aTaskRun(5)))
  await sendAnswer(answer)
  expect(sent).toMatchObject([{ method: 'POST', path: '/api/taskrun', body: answer.run }])
  expect(sent[0]?.headers.get('idempotency-key')).toBe('key-1')
})

it('asks for the task again when the lease has run out, then sends once more with the same key', async () => {
  const replies = [leaseGone(), jsonResponse(aTask(5)), jsonResponse(aTaskRun(5))]
  const sent = fakeServer(() => replies.shift() ?? jsonResponse({}, 500))
  await sendAnswer(answer)
  expect(sent.map(({ path }) => path)).toEqual([
    '/api/taskrun',
    '/api/project/1/task/5/request',
    '/api/taskrun',
  ])
  expect(sent[2]?.headers.get('idempotency-key')).toBe('key-1')
})

it('gives up when the second attempt is refused too', async () => {
  const sent = fakeServer(({ path }) =>
    path === '/api/taskrun' ? leaseGone() : jsonResponse(aTask(5)),
  )
  await expect(sendAnswer(answer)).rejects.toMatchObject({ status: 403 })
  expect(sent).toHaveLength(3)
})

it('passes any other refusal on without asking again', async () => {
  const sent = fakeServer(() => jsonResponse(anErrorBody(403, 'You have already answered'), 403))
  await expect(sendAnswer(answer)).rejects.toMatchObject({ message: 'You have already answered' })
  expect(sent).toHaveLength(1)
})
