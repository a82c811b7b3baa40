import type { Session } from '@manyhands/shared/sessions/contract'
import type { QueryClient } from '@tanstack/react-query'
import { userQueries } from './queries.ts'

/** Whatever was loaded was what somebody else may see: all of it is asked for again. */
export async function changeAccount(queryClient: QueryClient, session: Session): Promise<void> {
  const { queryKey } = userQueries.session()
  queryClient.setQueryData(queryKey, session)
  queryClient.removeQueries({
    predicate: (query) => query.queryKey[0] !== queryKey[0] && !query.isActive(),
  })
  await queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== queryKey[0] })
}
