import {
  type ConfirmAddress,
  ConfirmedAddress,
  Registered,
  type ResetPassword,
  Sent,
} from '@manyhands/shared/account/contract'
import { Nothing } from '@manyhands/shared/client/http-client'
import { ApiKey, type Register } from '@manyhands/shared/users/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../api/api.ts'
import { changeAccount } from './change-account.ts'
import { userQueries } from './queries.ts'

export const apiKeyQuery = () =>
  queryOptions({
    queryKey: ['api-key'],
    queryFn: ({ signal }) => api.get('/account/api-key', ApiKey, { signal }),
  })

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
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: ResetPassword) => api.post('/account/reset-password', Nothing, { body }),
    // Every session of the account has ended, this browser's too if it had one.
    onSuccess: () => queryClient.invalidateQueries({ queryKey: userQueries.session().queryKey }),
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
