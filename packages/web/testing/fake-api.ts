import { ErrorBody } from '@manyhands/shared/errors/contract'
import { ProjectPage } from '@manyhands/shared/projects/contract'
import { TaskRun } from '@manyhands/shared/task-runs/contract'
import { Task } from '@manyhands/shared/tasks/contract'
import { vi } from 'vitest'

/** Stand-ins for the API. Each is parsed with the contract, so that it cannot drift from it. */

export function aTask(id: number, info: unknown = { image: `/picture-${id}.jpg` }): Task {
  return Task.parse({
    id,
    created: '2026-11-23T01:50:46.491',
    project_id: 1,
    state: 'ongoing',
    quorum: 0,
    calibration: 0,
    priority_0: 0,
    info,
    n_answers: 3,
    fav_user_ids: null,
  })
}

export function aTaskRun(taskId: number): TaskRun {
  return TaskRun.parse({
    id: taskId * 10,
    created: '2026-11-23T01:50:46.491',
    project_id: 1,
    task_id: taskId,
    user_id: null,
    user_ip: null,
    finish_time: '2026-11-23T01:50:49.000',
    timeout: null,
    calibration: null,
    external_uid: null,
    media_url: null,
    info: { answer: 'yes' },
  })
}

export function aProjectPage(change: Partial<ProjectPage> = {}): ProjectPage {
  return ProjectPage.parse({
    id: 1,
    name: 'Birds of the estuary',
    short_name: 'birds',
    description: 'Count them',
    category: { id: 1, name: 'Nature', short_name: 'nature' },
    thumbnail_url: null,
    featured: true,
    published: true,
    created: '2026-11-01T00:00:00.000',
    progress: {
      n_tasks: 30,
      n_completed_tasks: 4,
      n_task_runs: 12,
      n_volunteers: 5,
      n_results: 4,
      overall_progress: 13,
      average_time: 9,
      last_activity: null,
    },
    done_by_me: 0,
    long_description: null,
    owner: { id: 7, name: 'ada', fullname: 'Ada Okafor' },
    allow_anonymous_contributors: true,
    presenter: {
      version: 1,
      stimulus: { kind: 'image', field: 'image' },
      question: 'Is there a bird?',
      answer: {
        kind: 'choice',
        options: [
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
        ],
      },
    },
    has_custom_presenter: false,
    may: { update: false, publish: false, export: false, contribute: true },
    missing: [],
    ...change,
  })
}

export function anErrorBody(status: number, message: string): ErrorBody {
  return ErrorBody.parse({
    action: 'POST',
    status: 'failed',
    status_code: status,
    target: 'taskrun',
    exception_cls: 'Forbidden',
    exception_msg: message,
    error_code: 'forbidden',
    request_id: 'req-1',
  })
}

export function jsonResponse(body: unknown, status = 200, headers: HeadersInit = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

export interface SentRequest {
  method: string
  path: string
  headers: Headers
  body: unknown
}

/** Puts a server in place of `fetch`; returns what was sent to it, as it comes. */
export function fakeServer(
  answer: (request: SentRequest) => Response | Promise<Response>,
): SentRequest[] {
  const sent: SentRequest[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : init.body
    const request = {
      method: init.method ?? 'GET',
      path,
      headers: new Headers(init.headers),
      body,
    }
    sent.push(request)
    return answer(request)
  })
  return sent
}
