import { NewTask, Task, UserProgress } from '@manyhands/shared/tasks/contract'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { api } from '../api/api.ts'

const Tasks = z.array(Task)
const PAGE_SIZE = 20

export const taskQueries = {
  all: ['tasks'] as const,
  /** Every task of a project, oldest first, for its owner. */
  pages: (projectId: number) =>
    infiniteQueryOptions({
      queryKey: [...taskQueries.all, 'pages', projectId],
      queryFn: ({ signal, pageParam }) =>
        api.get('/task', Tasks, {
          query: { project_id: projectId, limit: PAGE_SIZE, last_id: pageParam, all: 1 },
          signal,
        }),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: (page: Task[]) => (page.length < PAGE_SIZE ? undefined : page.at(-1)?.id),
    }),
  /** One real task to show what the work is like. It is only looked at, never given out for it. */
  example: (projectId: number) =>
    queryOptions({
      queryKey: [...taskQueries.all, 'example', projectId],
      queryFn: async ({ signal }) => {
        const query = { project_id: projectId, limit: 1, all: 1 }
        return (await api.get('/task', Tasks, { query, signal }))[0] ?? null
      },
      staleTime: 5 * 60_000,
    }),
  progress: (shortName: string) =>
    queryOptions({
      queryKey: [...taskQueries.all, 'progress', shortName],
      queryFn: ({ signal }) =>
        api.get(`/project/${encodeURIComponent(shortName)}/userprogress`, UserProgress, { signal }),
    }),
}

/** The next tasks for this volunteer, each leased to them. `offset` counts from the tasks that they
 *  have not answered yet, the one on their screen included. */
export async function fetchNewTasks(
  projectId: number,
  window: { offset: number; limit: number },
  signal?: AbortSignal,
): Promise<Task[]> {
  const answer = await api.get(`/project/${projectId}/newtask`, NewTask, { query: window, signal })
  if (Array.isArray(answer)) return answer
  const task = Task.safeParse(answer)
  return task.success ? [task.data] : []
}

/** Leases one given task to this volunteer. */
export function requestTask(
  projectId: number,
  taskId: number,
  signal?: AbortSignal,
): Promise<Task> {
  return api.post(`/project/${projectId}/task/${taskId}/request`, Task, { signal })
}
