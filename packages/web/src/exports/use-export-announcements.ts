import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { toast } from '../ui/toasts.tsx'
import { exportQueries } from './queries.ts'

/** Says when an export that was under way is done, whichever page of the project is open. */
export function useExportAnnouncements(shortName: string): void {
  const { data: list } = useQuery(exportQueries.list(shortName))
  const states = useRef(new Map<string, string>())
  useEffect(() => {
    for (const { id, state, file_name } of list ?? []) {
      const before = states.current.get(id)
      if (state === 'done' && before !== undefined && before !== 'done') {
        toast(`${file_name ?? 'Your export'} is ready`)
      }
      states.current.set(id, state)
    }
  }, [list])
}
