import { Session } from '@manyhands/shared/sessions/contract'
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { api } from '../api/api.ts'

/** Only what every page needs: what changes the session is loaded with the pages that do so. */
export const userQueries = {
  session: () =>
    queryOptions({
      queryKey: ['session'],
      queryFn: ({ signal }) => api.get('/session', Session, { signal, first: true }),
      staleTime: Number.POSITIVE_INFINITY,
    }),
}

/** Asks who we are before anything else, and lets every other request wait for the answer. */
export function startSession(queryClient: QueryClient): void {
  api.holdUntil(queryClient.prefetchQuery(userQueries.session()))
}

/** The signed-in account; null for a volunteer without one, undefined until it is known. */
export function useAccount(): Session['user'] | undefined {
  return useQuery(userQueries.session()).data?.user
}
