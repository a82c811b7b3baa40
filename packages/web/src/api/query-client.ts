import { isTemporary } from '@manyhands/shared/client/api-errors'
import { QueryClient } from '@tanstack/react-query'

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // Offline, a request fails at once and the page says so, instead of a skeleton without end.
        networkMode: 'always',
        retry: (failures, error) => failures < 2 && isTemporary(error),
        retryDelay: (failures) => 400 * 2 ** failures,
      },
      mutations: { networkMode: 'always' },
    },
  })
}
