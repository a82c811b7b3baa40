import type { ChangePassword } from '@manyhands/shared/account/contract'
import { Nothing } from '@manyhands/shared/client/http-client'
import { ProviderAddress } from '@manyhands/shared/identities/contract'
import {
  OneTimeCodeSecret,
  type OwnerProof,
  RecoveryCodes,
} from '@manyhands/shared/one-time-codes/contract'
import { Passkey, PasskeyOptions } from '@manyhands/shared/passkeys/contract'
import { OwnSession, Session } from '@manyhands/shared/sessions/contract'
import { OwnSignInMethods, SignInMethods } from '@manyhands/shared/sign-in-methods/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { api } from '../api/api.ts'
import { makePasskey } from './authenticator.ts'

const OWN = ['own-sign-in']

export const signInQueries = {
  /** What the server offers. */
  offered: () =>
    queryOptions({
      queryKey: ['sign-in-methods'],
      queryFn: ({ signal }) => api.get('/session/methods', SignInMethods, { signal }),
    }),
  /** What the account has. */
  own: () =>
    queryOptions({
      queryKey: [...OWN, 'methods'],
      queryFn: ({ signal }) => api.get('/account/sign-in-methods', OwnSignInMethods, { signal }),
    }),
  sessions: () =>
    queryOptions({
      queryKey: [...OWN, 'sessions'],
      queryFn: ({ signal }) => api.get('/account/sessions', z.array(OwnSession), { signal }),
    }),
}

/** A change of the account's ways in: what is shown of them is asked for again. */
function useOwnChange<V, T>(change: (variables: V) => Promise<T>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: OWN }),
  })
}

export const useAddPasskey = () =>
  useOwnChange(async (name: string) => {
    const options = await api.post('/account/passkeys/options', PasskeyOptions)
    const response = await makePasskey(options)
    return api.post('/account/passkeys', Passkey, { body: { name, response } })
  })

export const useRemovePasskey = () =>
  useOwnChange((id: string) => api.remove(`/account/passkeys/${id}`, Nothing))

export const useStartOneTimeCodes = () =>
  useMutation({ mutationFn: () => api.post('/account/otp', OneTimeCodeSecret) })

export const useConfirmOneTimeCodes = () =>
  useOwnChange((code: string) =>
    api.post('/account/otp/confirm', RecoveryCodes, { body: { code } }),
  )

export const useRenewRecoveryCodes = () =>
  useOwnChange((body: OwnerProof) =>
    api.post('/account/otp/recovery-codes', RecoveryCodes, { body }),
  )

export const useStopOneTimeCodes = () =>
  useOwnChange((body: OwnerProof) => api.remove('/account/otp', Nothing, { body }))

export const useChangePassword = () =>
  useOwnChange((body: ChangePassword) => api.put('/account/password', Session, { body }))

export const useEndSession = () =>
  useOwnChange((id: string) => api.remove(`/account/sessions/${id}`, Nothing))

export const useEndOtherSessions = () =>
  useOwnChange((_: undefined) => api.remove('/account/sessions', Nothing))

/** Leaves the page for the provider's. */
export const useLinkIdentity = () =>
  useMutation({
    mutationFn: async (next: string) => {
      const { url } = await api.post('/account/identities', ProviderAddress, { body: { next } })
      window.location.assign(url)
    },
  })

export const useUnlinkIdentity = () =>
  useOwnChange((id: string) => api.remove(`/account/identities/${id}`, Nothing))
