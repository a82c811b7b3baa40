import {
  PlatformTotals,
  Project,
  ProjectCardPage,
  type ProjectChange,
  type ProjectFilter,
  type ProjectInput,
  ProjectPage,
} from '@manyhands/shared/projects/contract'
import type { PublishRequest } from '@manyhands/shared/publishing/contract'
import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { api } from '../api/api.ts'

export const projectQueries = {
  /** The prefix to invalidate after any change to a project. */
  all: ['projects'] as const,
  list: (filter: ProjectFilter) =>
    queryOptions({
      queryKey: [...projectQueries.all, 'list', filter],
      queryFn: ({ signal }) => api.get('/projects', ProjectCardPage, { query: filter, signal }),
    }),
  pages: (filter: Omit<ProjectFilter, 'after'>) =>
    infiniteQueryOptions({
      queryKey: [...projectQueries.all, 'pages', filter],
      queryFn: ({ signal, pageParam }) =>
        api.get('/projects', ProjectCardPage, { query: { ...filter, after: pageParam }, signal }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page: ProjectCardPage) => page.next ?? undefined,
    }),
  page: (shortName: string) =>
    queryOptions({
      queryKey: [...projectQueries.all, 'page', shortName],
      queryFn: ({ signal }) =>
        api.get(`/projects/${encodeURIComponent(shortName)}`, ProjectPage, { signal }),
    }),
  totals: () =>
    queryOptions({
      queryKey: ['platform'],
      queryFn: ({ signal }) => api.get('/platform', PlatformTotals, { signal }),
    }),
}

export function useCreateProject() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: ProjectInput) => api.post('/project', Project, { body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: projectQueries.all }),
  })
}

/** Changes fields of a project. `info` is merged into what is stored now: the server replaces it as
 *  a whole, and other keys of it belong to the owner. */
export function useChangeProject(projectId: number) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (change: ProjectChange) => {
      const body = { ...change }
      if (change.info) {
        const stored = await api.get(`/project/${projectId}`, Project)
        body.info = { ...stored.info, ...change.info }
      }
      return api.put(`/project/${projectId}`, Project, { body })
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: projectQueries.all }),
  })
}

export function usePublishProject(shortName: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (test_answers: PublishRequest['test_answers']) =>
      api.post(`/projects/${encodeURIComponent(shortName)}/publish`, ProjectPage, {
        body: { test_answers },
      }),
    onSuccess: async (page) => {
      queryClient.setQueryData(projectQueries.page(shortName).queryKey, page)
      await queryClient.invalidateQueries({ queryKey: projectQueries.all })
    },
  })
}
