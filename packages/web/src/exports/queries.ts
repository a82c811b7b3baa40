import { Export, type ExportRequest } from '@manyhands/shared/exports/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { api } from '../api/api.ts'
import { withExport } from './export-list-change.ts'

const Exports = z.array(Export)
/** Only for when the live line is broken; otherwise events are faster. */
const POLL_MS = 3_000

export const exportQueries = {
  list: (shortName: string) =>
    queryOptions({
      queryKey: ['exports', shortName],
      queryFn: ({ signal }) => api.get(address(shortName), Exports, { signal }),
      refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? POLL_MS : false),
    }),
}

export function isUnderWay({ state }: Export): boolean {
  return state === 'waiting' || state === 'running'
}

export function useStartExport(shortName: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: ExportRequest) => api.post(address(shortName), Export, { body }),
    onSuccess: (started) => {
      queryClient.setQueryData(exportQueries.list(shortName).queryKey, (list) =>
        withExport(list ?? [], started),
      )
    },
  })
}

export function useCancelExport(shortName: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.remove(`/exports/${encodeURIComponent(id)}`, Export),
    onSuccess: (cancelled) => {
      queryClient.setQueryData(exportQueries.list(shortName).queryKey, (list) =>
        withExport(list ?? [], cancelled),
      )
    },
  })
}

function address(shortName: string): string {
  return `/projects/${encodeURIComponent(shortName)}/exports`
}
