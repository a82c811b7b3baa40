import { ImportOutcome, ImportPreview } from '@manyhands/shared/imports/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../api/api.ts'
import { projectQueries } from '../projects/queries.ts'
import { taskQueries } from '../tasks/queries.ts'

/** A large file on a slow line takes its time. */
const UPLOAD_TIMEOUT_MS = 10 * 60_000

/** Reads the file on the server without storing anything. */
export function usePreviewImport(shortName: string) {
  return useMutation({
    mutationFn: (file: File) =>
      api.post(address(shortName), ImportPreview, {
        query: { dry_run: true },
        body: asCsv(file),
        timeoutMs: UPLOAD_TIMEOUT_MS,
      }),
  })
}

export function useImportTasks(shortName: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (file: File) =>
      api.post(address(shortName), ImportOutcome, {
        body: asCsv(file),
        timeoutMs: UPLOAD_TIMEOUT_MS,
      }),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: projectQueries.all }),
        queryClient.invalidateQueries({ queryKey: taskQueries.all }),
      ]),
  })
}

/** Systems name the type of a CSV file in many ways, some not at all. */
function asCsv(file: File): Blob {
  return file.slice(0, file.size, 'text/csv')
}

function address(shortName: string): string {
  return `/projects/${encodeURIComponent(shortName)}/imports`
}
