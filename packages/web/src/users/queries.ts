import { Nothing } from '@manyhands/shared/client/http-client'
import { Session, type SignIn } from '@manyhands/shared/sessions/contract'
import { ApiKey, type Register } from '@manyhands/shared/users/contract'
import {
  type QueryClient,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { api } from '../api/api.ts'

export const userQueries = {
  session: () =>
    queryOptions({
      queryKey: ['session'],
      queryFn: ({ signal }) => api.get('/session', Session, { signal, first: true }),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  apiKey: () =>
    queryOptions({
      queryKey: ['api-key'],
      queryFn: ({ signal }) => api.get('/account/api-key', ApiKey, { signal }),
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

export function useSignIn() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: SignIn) => api.post('/session', Session, { body }),
    onSuccess: (session) => changeAccount(queryClient, session),
  })
}

export function useRegister() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Register) => api.post('/account', Session, { body }),
    onSuccess: (session) => changeAccount(queryClient, session),
  })
}

export function useSignOut() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => api.remove('/session', Nothing),
    onSuccess: () => changeAccount(queryClient, { user: null }),
  })
}

/** Whatever was loaded was what somebody else may see: all of it is asked for again. */
async function changeAccount(queryClient: QueryClient, session: Session): Promise<void> {
  const { queryKey } = userQueries.session()
  queryClient.setQueryData(queryKey, session)
  queryClient.removeQueries({
    predicate: (query) => query.queryKey[0] !== queryKey[0] && !query.isActive(),
  })
  await queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== queryKey[0] })
}
