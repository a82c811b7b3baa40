import type { z } from 'zod'
import { type SubmitTaskRun, TaskRun } from '../task-runs/contract.ts'
import { NewTask, Task, UserProgress } from '../tasks/contract.ts'
import { ApiError } from './api-errors.ts'
import { createHttpClient, type HttpClientOptions, type RequestOptions } from './http-client.ts'
import { KINDS } from './kinds.ts'
import { type ObjectsOf, objectsOf, toForm } from './objects.ts'

export interface ClientOptions extends Omit<HttpClientOptions, 'base'> {
  /** The platform's address: `https://example.org`. */
  url: string
}

export interface SubmitOptions extends Pick<RequestOptions, 'signal' | 'timeoutMs'> {
  /** The same key with the same answer gives the stored answer again. A new one unless given. */
  idempotencyKey?: string
  /** Stored with the answer. */
  file?: Blob
  fileName?: string
}

type Kinds = typeof KINDS

export type Client = ReturnType<typeof createClient>

/** The API for scripts: the objects by name (`client.tasks.list({ project_id: 1 })`), giving out and
 *  answering tasks, and `get`, `post`, `put`, `remove` with a contract for everything else.
 *  Fails with `ApiError`, `NetworkError`, `ContractError`. */
export function createClient({ url, ...options }: ClientOptions) {
  const http = createHttpClient({ ...options, base: `${url.replace(/\/+$/, '')}/api` })
  const objects = Object.fromEntries(
    Object.entries(KINDS).map(([name, kind]) => [name, objectsOf(http, kind)]),
  ) as { [Name in keyof Kinds]: ObjectsOf<Kinds[Name]> }

  return {
    ...http,
    ...objects,

    /** The next tasks for this caller, each given out to them; none when there is nothing left.
     *  Throws ApiError with the code `anonymous_not_allowed` where the project wants an account. */
    async nextTasks(
      project: number | string,
      query: { limit?: number; offset?: number; external_uid?: string } = {},
      call: Pick<RequestOptions, 'signal' | 'headers'> = {},
    ): Promise<Task[]> {
      const path = `/project/${encodeURIComponent(project)}/newtask`
      const answer = await http.get(path, NewTask, { ...call, query })
      if (Array.isArray(answer)) return answer
      const task = Task.safeParse(answer)
      if (task.success) return [task.data]
      const { info } = answer as { info?: { error?: string } }
      if (info?.error)
        throw new ApiError({ status: 401, code: 'anonymous_not_allowed', message: info.error })
      return []
    },

    /** Stores an answer to a task that was given out. Safe to call again with the same key. */
    submitTaskRun(
      run: z.input<typeof SubmitTaskRun>,
      { idempotencyKey, file, fileName = 'file', ...call }: SubmitOptions = {},
    ): Promise<TaskRun> {
      return http.post('/taskrun', TaskRun, {
        ...call,
        headers: { 'idempotency-key': idempotencyKey ?? crypto.randomUUID() },
        body: file ? toForm(run, file, fileName) : run,
        ...(run.external_uid && { query: { external_uid: run.external_uid } }),
      })
    },

    /** How many answers the caller has given in a project, and how many tasks it has. */
    userProgress(project: number | string): Promise<UserProgress> {
      return http.get(`/project/${encodeURIComponent(project)}/userprogress`, UserProgress)
    },
  }
}
