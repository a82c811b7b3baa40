import { Nothing } from '@manyhands/shared/client/http-client'
import { type GiveSecondFactor, SignedIn } from '@manyhands/shared/one-time-codes/contract'
import { PasskeyOptions } from '@manyhands/shared/passkeys/contract'
import { Session, type SignIn } from '@manyhands/shared/sessions/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../api/api.ts'
import { changeAccount } from '../users/change-account.ts'
import { askForPasskey } from './authenticator.ts'

/** The answer may be that a code is needed too: then nobody is signed in yet. */
export function useSignIn() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: SignIn) => api.post('/session', SignedIn, { body }),
    onSuccess: ({ user, second_factor }) =>
      second_factor ? undefined : changeAccount(queryClient, { user }),
  })
}

export function useGiveSecondFactor() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: GiveSecondFactor) => api.post('/session/second-factor', Session, { body }),
    onSuccess: (session) => changeAccount(queryClient, session),
  })
}

export function usePasskeySignIn() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async () => {
      const options = await api.post('/session/passkey/options', PasskeyOptions)
      const response = await askForPasskey(options)
      return api.post('/session/passkey', Session, { body: { response } })
    },
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
