import { Export } from '@manyhands/shared/exports/contract'
import { Progress } from '@manyhands/shared/projects/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { withExport } from '../exports/export-list-change.ts'
import { exportQueries } from '../exports/queries.ts'
import { projectQueries } from '../projects/queries.ts'
import { useAccount } from '../users/queries.ts'

/** Keeps a project's numbers and exports current while it is on the screen, over server-sent events.
 *  Returns whether the line is open; the browser opens it again by itself when it breaks. */
export function useProjectEvents(shortName: string): boolean {
  const queryClient = useQueryClient()
  const [live, setLive] = useState(false)
  const account = useAccount()
  const accountId = account === undefined ? undefined : (account?.id ?? null)
  useEffect(() => {
    // Before the browser has its identity this request would look like somebody else's.
    if (accountId === undefined) return
    const source = new EventSource(`/api/projects/${encodeURIComponent(shortName)}/events`)
    source.onopen = () => setLive(true)
    source.onerror = () => setLive(false)
    source.addEventListener('progress', ({ data }) => {
      const progress = Progress.safeParse(parseJson(data))
      if (!progress.success) return
      queryClient.setQueryData(
        projectQueries.page(shortName).queryKey,
        (page) => page && { ...page, progress: progress.data },
      )
    })
    source.addEventListener('export', ({ data }) => {
      const changed = Export.safeParse(parseJson(data))
      if (!changed.success) return
      queryClient.setQueryData(
        exportQueries.list(shortName).queryKey,
        (list) => list && withExport(list, changed.data),
      )
    })
    return () => source.close()
  }, [shortName, accountId, queryClient])
  return live
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
