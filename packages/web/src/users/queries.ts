import {
  type ConfirmAddress,
  ConfirmedAddress,
  Registered,
  type ResetPassword,
  Sent,
} from '@manyhands/shared/account/contract'
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
    mutationFn: (body: Register) => api.post('/account', Registered, { body }),
    // Without an account in it, a mail must be read first: nothing has changed yet.
    onSuccess: ({ user }) => (user ? changeAccount(queryClient, { user }) : undefined),
  })
}

export function useForgotPassword() {
  return useMutation({
    mutationFn: (body: { email_addr: string }) =>
      api.post('/account/forgot-password', Sent, { body }),
  })
}

export function useResetPassword() {
  return useMutation({
    mutationFn: (body: ResetPassword) => api.post('/account/reset-password', Nothing, { body }),
  })
}

export function useConfirmAddress() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: ConfirmAddress) =>
      api.post('/account/confirm-email', ConfirmedAddress, { body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: userQueries.session().queryKey }),
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
